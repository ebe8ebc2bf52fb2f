import type { curvePhrasesEn } from '../en/curve-phrases.ts'

/** 迁移的每日进度，以及预计完成时间。 */
export const curvePhrasesZh: Readonly<Record<keyof typeof curvePhrasesEn, string>> = {
  forecast: '按最近 {over} 天的速度（{moved} 个 Pod），最后一个约在 {day} 完成迁移[[，晚于截止日 {late} 天]]。',
  curveTitle: '各 sidecar 的 Pod 数',
  curveOld: 'Istio {version}（旧）',
  curveOldMany: '旧版本',
  curveNew: 'Istio {version}',
}
