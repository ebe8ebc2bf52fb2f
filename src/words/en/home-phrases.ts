/** App Home, and the choice of a language. */
export const homePhrasesEn = {
  homeTitle: 'Istio upgrades',
  homeRead: 'Read {at}. This page is read again when you open it.',
  homeWaiting: '*Waits for you*',
  homeNothing: 'Nothing waits for you.',
  homeMore: 'and {n} more: `{command} approvals`',
  homeTeams: "*Your teams' workloads on the old sidecar*",
  homeNoTeams:
    'The settings name no team, so nothing here says which workloads are yours. `{command} stragglers` lists all.',
  homeNoTeam:
    'None of the teams that the settings name is yours: you are in none of their channels and nobody’s contact. `{command} stragglers TEAM` shows any team.',
  homeTeamUnknown: 'Slack did not say which channels you are in, so which teams are yours is not known now.',
  homeTeam: '*{team}* on {cluster}: {old} {old|pod|pods} of {workloads} {workloads|workload|workloads}',
  homeTeamDone: '*{team}* on {cluster}: nothing is left (counted {countedAt}).',
  homeTeamUnsure:
    '*{team}* on {cluster}: nothing is left that is known, and of {n} {n|pod|pods} nothing says which sidecar {n|it carries|they carry} (counted {countedAt}).',
  homeTeamsNever: 'Never counted yet: {clusters}',
  homeTeamsMore: 'and {n} more: `{command} stragglers`',
  homeRuns: '*Running upgrades*',
  approvalsMore: 'and {n} more, in their channels',
  homeNoRuns: 'No upgrade is running.',
  homeUnknown: '{cluster}: nothing is known yet; its worker has not written its status.',
  homeSettings: '*My settings*',
  homeLanguage: '*Language / 语言*',
  homeLanguageLabel: 'Language / 语言',
  homeLanguageAuto: 'Automatic / 自动',
  homeLanguageHint:
    'The language of answers, dialogs and direct messages to you. Automatic is the one you use Slack in; channels have their own.   ·   给你的回答、对话框和私信所用的语言；自动即你在 Slack 中使用的语言。',
  homeOutsider:
    'Meshferry upgrades Istio here. Where an upgrade stands is shown to full members of this workspace only.',
  homeRefreshLabel: 'Read this page again',
  languageIs: 'You are answered in English.[[ {auto}: the language you use Slack in.]]',
  languageAuto: 'Chosen by itself',
  languageHow: 'Another one: `{command} lang en`, `{command} lang zh` or `{command} lang auto`.',
  helpLang: '`{command} lang [en, zh or auto]`   the language in which you are answered',
} as const
