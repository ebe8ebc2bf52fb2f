import type { nudgePhrasesEn } from '../en/nudge-phrases.ts'

/** 团队可以对消息作出的回应、平台团队由此得知的内容，以及发出前的提醒。 */
export const nudgePhrasesZh: Readonly<Record<keyof typeof nudgePhrasesEn, string>> = {
  buttonTellPlatform: '告诉平台团队',
  labelTellPlatform: '告诉 {cluster} 的平台团队：出了问题',
  confirmTellPlatform:
    '出了问题？{by} 和本次升级频道中的所有人都会看到，内容包括你的姓名、此频道和你们的工作负载。不会改动任何东西。',
  confirmTellYes: '告诉他们',
  menuSnooze: '{until} 再提醒',
  menuNotOurs: '不属于我们',
  menuTakeBack: '撤回此回应',
  confirmTakeBack: '提醒会照常继续，包括曾表示不属于你们的工作负载。',
  disownedOutsider:
    '{by} 在升级到 Istio {to} 的提醒中如此回答，但不在配置文件中 {team} 的成员之列：在其成员确认之前，提醒会继续。',
  confirmMenuTitle: '更改提醒？',
  confirmMenu:
    '选择日期：在那天之前不再提醒。不属于我们：不会再向你们提醒此处列出的工作负载，其他的仍会提醒；升级负责人会连同你的姓名得知此事。',
  confirmMenuUnowned: '在所选日期之前不再提醒。这里的所有人都能看到是谁选择的。',
  confirmMenuYes: '确定',
  teamReplacedTitle: '🔁 [[{team}，]]{cluster}：这条提醒已过时',
  teamReplaced: '请看此频道中关于 Istio {to} 的较新提醒。这一条不再接受回应。',
  teamOver: '升级已经结束或改变了方向：不再请任何人换到 Istio {to}。这条提醒不再接受回应。',
  teamGoneTitle: '🔁 [[{team}，]]{cluster}：你们已没有 Pod 使用旧 sidecar',
  teamGone:
    '你们在这里已没有 Pod 使用 Istio {from} 的 sidecar：这条提醒所列的工作负载已被删除、缩容为零，或现在属于其他团队。为升级到 Istio {to} 无需做任何事。这条提醒不再接受回应。',
  concernHelpTitle: '🆘 {team} 在 {cluster} 上需要平台团队',
  concernHelp: '*{by}* 于 {at} 按下了“告诉平台团队”：出了问题。请到该频道询问具体情况。',
  concernSilentTitle: '🔇 {team} 在 {cluster} 上没有回应',
  concernUnownedTitle: '🔇 {cluster}：没有人为未注明团队的工作负载作出回应',
  concernSilent:
    '请其重新发布的 {number} 次提醒都没有得到回应，也没有重新发布；不会再提醒。需要有人与他们沟通[[，其联系人是 {contact}]]。不会触碰他们的任何东西。',
  concernPods: '他们的 Pod： *{new}* 个使用 Istio {to}，*{old}* 个使用 {from}。',
  concernUncounted: '目前无法统计他们的 Pod 各使用哪个 sidecar（Istio {from} → {to}）。',
  concernChannel: '他们的频道：#',
  concernCounted: '统计于 {at}。所列为仍有 Pod 使用旧 sidecar 的工作负载。',
  previewTitle: '✉️ {cluster}：给 {n} 个团队的提醒等你发出',
  previewHeld:
    '这是本次升级到 Istio {to} 的首批提醒： *有人按下按钮之前一条也不会发出* 。之后每条提醒会在各团队的工作时间发到其频道，后续提醒会自动发出。',
  previewSentTitle: '✉️ {cluster}：提醒开始发出',
  previewSent: '{by} 于 {at} 发出，针对升级到 Istio {to}。每条提醒会在各团队的工作时间发到其频道，后续提醒会自动发出。',
  previewNobodyTitle: '✉️ {cluster}：已没有团队需要提醒',
  previewNobody: '原本要提醒升级到 Istio {to} 的团队都已重新发布。没有发出任何提醒。',
  previewOverTitle: '✉️ {cluster}：这些提醒不再发出',
  previewOver: '在有人发出之前，升级到 Istio {to} 已经结束或被撤回。没有发出任何提醒。',
  previewTeam: '{team}：{workloads} 个服务，{old} 个 Pod',
  previewMore: '另有 {n} 个团队',
  previewSample: '{team} 将看到的内容（以其频道的语言显示）：',
  previewCounted: '统计于 {at}。',
  previewWho: '可以发出的人：{requester}，以及可发起升级或审批切换的人。',
  buttonSendNudges: '发出提醒',
  labelSendNudges: '向 {cluster} 的 {n} 个团队发出提醒',
  confirmSendNudges: '将在各自的频道和工作时间提醒 {cluster} 的 {n} 个团队。发出后无法收回。',
  nudgesHeld: '✉️ 给 {n} 个团队的提醒暂未发出：需要有人在预览上按下“发出提醒”。',
}
