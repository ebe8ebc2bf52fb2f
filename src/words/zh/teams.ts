import type { Catalogue } from '../sentence.ts'

/** 团队对消息的回应，以及发出前的提醒。 */
export const teamsZh = {
  TEAM_SILENT: ['[[给团队 {team} 的 ]]{number} 次提醒没有得到回应；还剩 {old} 个 Pod。'],
  TEAM_CARD_REPLACED: [
    '已有更新的消息[[（发给团队 {team}）]]取代了这一条，你的点击未更改任何内容。',
    '请回复最新的一条。',
  ],
  TEAM_CARD_GONE: [
    '[[团队 {team} ]]已没有使用旧 sidecar 的内容：已迁移，或已不存在。你的点击未更改任何内容。',
    '无需再做任何事。',
  ],
  TEAM_CARD_OVER: [
    '这条消息所说的升级此后已转向，或已结束。你的点击未更改任何内容。',
    '查看当前状态：`{command} status {cluster}`。',
  ],
  TEAM_CARD_CHANGED: [
    '这条消息在你看到之后已有变化，你的点击未更改任何内容。[[团队 {team} ]]目前剩余：{pods} 个 Pod[[（{workloads}）]]。',
    '消息正在重新显示：请重新阅读后再回复。',
  ],
  TEAM_SNOOZED_ALREADY: [
    '{by} 已回复：{until} 之前不再提醒[[团队 {team}]]。你的点击未更改任何内容。',
    '如有不对，请与 {by} 沟通；下一次提醒可以重新回复。',
  ],
  TEAM_DISOWNED_ALREADY: [
    '{by} 已回复：这些工作负载不属于[[团队 {team}]]。你的点击未更改任何内容。',
    '如有不对，请与 {by} 沟通，并告知升级的发起人。',
  ],
  PLATFORM_TOLD: ['已告诉平台团队：团队 {team} 需要他们。', '消息中提到了升级的发起人，并附有你的姓名和你们的频道。'],
  PLATFORM_TOLD_BEFORE: [
    '你已于 {at} 为团队 {team} 告诉过平台团队；没有再次发送。',
    '如果还没有人来，请联系升级的发起人。',
  ],
  PLATFORM_NOT_TOLD: ['没有告诉平台团队：这条消息所说的升级已经结束。[[{because}]]', '请到平台团队自己的频道中说明。'],
  NUDGES_SENT: ['给 {teams} 个团队的提醒可以发出，各在其工作时间。'],
  NUDGES_SENT_BEFORE: ['{by} 已于 {at} 发出这些提醒。'],
  NUDGES_OUTDATED: ['这些提醒所属的升级已经结束或正在回退；没有发出任何提醒。', '请查看 `{command} status`。'],
  MAY_NOT_NUDGE: ['你不在可以发出提醒的人员之列；没有发出任何提醒。', '请联系升级的发起人，或其中一位：{listed}。'],
  MAY_NOT_ANSWER: ['只有 {team} 的成员，或有权参与本次升级的人，可以更改其提醒。未做任何更改。', '请联系 {ask}。'],
  NOT_OURS_OF_STRANGER: [
    '已告知升级负责人。你不在 {team} 的成员名单中，因此其提醒会继续。',
    '如需停止提醒，请联系 {ask}。',
  ],
  ANSWER_TAKEN_BACK: ['已撤回该回应：照常提醒[[团队 {team}]]。'],
} as const satisfies Partial<Catalogue>
