import type { homePhrasesEn } from '../en/home-phrases.ts'

export const homePhrasesZh: Readonly<Record<keyof typeof homePhrasesEn, string>> = {
  homeTitle: 'Istio 升级',
  homeRead: '读取于 {at}。每次打开本页都会重新读取。',
  homeWaiting: '*等待你决定*',
  homeNothing: '没有等待你的事项。',
  homeMore: '还有 {n} 项： `{command} 审批`',
  homeTeams: '*你的团队仍使用旧 sidecar 的工作负载*',
  homeNoTeams: '配置中没有列出团队，因此无法知道哪些工作负载属于你。 `{command} 未迁移` 会列出全部。',
  homeNoTeam:
    '配置中列出的团队都与你无关：你不在它们的频道中，也不是联系人。用 `{command} 未迁移 团队名` 可查看任一团队。',
  homeTeamUnknown: 'Slack 没有说明你在哪些频道中，因此目前无法知道哪些团队是你的。',
  homeTeam: '*{team}* （{cluster}）：{workloads} 个工作负载的 {old} 个 Pod',
  homeTeamDone: '*{team}* （{cluster}）：已全部迁移（统计于 {countedAt}）。',
  homeTeamUnsure:
    '*{team}* （{cluster}）：已知的都已迁移，但有 {n} 个 Pod 无法得知使用哪个 sidecar（统计于 {countedAt}）。',
  homeTeamsNever: '尚未统计： {clusters}',
  homeTeamsMore: '还有 {n} 项： `{command} 未迁移`',
  homeRuns: '*进行中的升级*',
  approvalsMore: '还有 {n} 项，在各自的频道中',
  homeNoRuns: '没有进行中的升级。',
  homeUnknown: '{cluster}：尚无信息，它的 worker 还没有写入状态。',
  homeSettings: '*我的设置*',
  homeLanguage: '*语言 / Language*',
  homeLanguageLabel: '语言 / Language',
  homeLanguageAuto: '自动 / Automatic',
  homeLanguageHint:
    '给你的回答、对话框和私信所用的语言；自动即你在 Slack 中使用的语言。频道各有自己的语言。   ·   The language of answers, dialogs and direct messages to you; automatic is the one you use Slack in.',
  homeOutsider: 'Meshferry 在这里升级 Istio。升级进展只向本工作区的正式成员显示。',
  homeRefreshLabel: '重新读取本页',
  languageIs: '你收到的回答将使用中文。[[{auto}：即你在 Slack 中使用的语言。]]',
  languageAuto: '自动选择',
  languageHow: '更改： `{command} 语言 en`、 `{command} 语言 zh` 或 `{command} 语言 auto`。',
  helpLang: '`{command} 语言 [en、zh 或 auto]`   回答所用的语言',
}
