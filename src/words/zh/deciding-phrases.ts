import type { decidingPhrasesEn } from '../en/deciding-phrases.ts'

/** 审批人作决定所需的内容、到期未决定时的提醒，以及停止后的回答。 */
export const decidingPhrasesZh: Readonly<Record<keyof typeof decidingPhrasesEn, string>> = {
  reachLine: '*{teams} 个团队、{pods} 个 Pod、0 次重启*',
  reachLeft: '仍在旧 sidecar 上： *{teams} 个团队、{pods} 个 Pod、0 次重启*',
  reachUncounted: '*0 次重启* ；涉及的团队和 Pod 数量未能统计',
  reachUnowned: '其中 {n} 个 Pod 没有注明团队',
  reachUnknown: '另有 {n} 个 Pod 的 sidecar 未知',
  worstNone: '✅ 没有不利因素：{n} 项检查通过[[；本版本有 {unmade} 项未检查]]',
  worstMore: '（下方另有 {n} 项）',
  decideBy: '请在 {at} 之前决定。到时若无人决定，这张卡片失效，不会做任何更改。',
  startBy: '请在 {at} 之前开始。到时若无人按“开始”，这次批准失效，不会做任何更改。',
  approvalsMore: '另有 {n} 项等待你；请先处理其中一些再查询',
  buttonBackTo: '回退：新建 Pod 使用 {before}',
  buttonBackRemoves: '回退：移除 {after}，新建 Pod 仍使用 {before}',
  buttonNewerCard: '打开较新的卡片',
  reminderTitle: '⏰ *{cluster}* ：{phase}，Istio {from} → {to}',
  reminderOpen: '等待你的决定：已批准 {have}/{need}，由 {requester} 发起。',
  reminderThanks: '谢谢：你的批准已记录（{have}/{need}），无需再做什么。',
  reminderApproved: '已决定：批准[[（{by}）]][[（{at}）]]。无需再做什么。',
  reminderStarted: '已决定并开始[[（{by}）]][[（{at}）]]。无需再做什么。',
  reminderRejected: '已决定：拒绝[[（{by}）]][[（{at}）]]。未做任何更改。',
  reminderExpired: '期限内无人决定：卡片已失效，未做任何更改。',
  reminderSuperseded: '这张卡片已被较新的卡片取代：请在那张卡片上决定。',
  reminderWithdrawn: '这张卡片已撤回：无需决定。',
  reminderButton: '打开卡片',
  reminderLabel: '打开 {cluster} 的审批卡片',
}
