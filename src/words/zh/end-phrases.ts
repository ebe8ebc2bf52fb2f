import type { endPhrasesEn } from '../en/end-phrases.ts'

/** 一次升级的最后一条消息。 */
export const endPhrasesZh: Readonly<Record<keyof typeof endPhrasesEn, string>> = {
  endText:
    '{cluster}：升级到 Istio {to} 已结束，{state}。已迁移 Pod：{moved}。由我们重启：{restarted}。点击：{clicks}。天数：{days}。',
  endDone: '🏁 {cluster} 已运行 Istio {to}',
  endOther: '🏁 {cluster}：升级到 Istio {to} 已结束',
  endState: '*{cluster}*   Istio *{from} → {to}*   {state}',
  endMoved: '已迁移 Pod',
  endRestarted: '由我们重启',
  endClicks: '点击',
  endDays: '天数',
  endUnknown: '未知',
  endContext: '{n} 类命名空间已证明正确；{alarms} 次告警。[[负责人点击的重启：{owners}。]]由 {by} 提出。',
  endReport: '报告',
  endReportLabel: '{cluster} 的升级报告：由谁决定、证明了什么',
}
