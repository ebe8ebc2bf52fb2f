import type { Catalogue } from '../sentence.ts'

/** 升级如何结束，告诉点击其卡片的人。 */
export const overZh = {
  UPGRADE_OVER_DONE: [
    '这属于 {cluster} 从 Istio {from} 到 {to} 的升级，该升级已于 {at} 结束：已完成，Istio {from} 已移除[[（由 {by} 决定）]]。你的点击未更改任何内容。',
    '无需再对它做任何事：`{command} report {cluster}` 会说明做了什么；用 `{command} upgrade {cluster}` 申请下一次升级。',
  ],
  UPGRADE_OVER_BACK: [
    '这属于 {cluster} 从 Istio {from} 到 {to} 的升级，该升级已于 {at} 结束：全部已撤销。[[{because}]]你的点击未更改任何内容。',
    '可以重新申请：`{command} upgrade {cluster}`。当前状态：`{command} status {cluster}`。',
  ],
  UPGRADE_OVER_REPLACED: [
    '这属于 {cluster} 从 Istio {from} 到 {to} 的升级，该升级已于 {at} 结束，并已由新的升级取代。你的点击未更改任何内容。',
    '查看当前状态：`{command} status {cluster}`。',
  ],
  UPGRADE_RECORD_GONE: [
    '这属于 {cluster} [[于 {at} 开始的]]一次升级，该升级已结束，其记录已不再保留。你的点击未更改任何内容。',
    '查看当前状态：`{command} status {cluster}`。',
  ],
} as const satisfies Partial<Catalogue>
