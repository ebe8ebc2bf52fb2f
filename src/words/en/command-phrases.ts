/** How each command is written. */
export const commandPhrasesEn = {
  usageUpgrade: 'upgrade [CLUSTER] [to VERSION] [by DATE]',
  usageStatus: 'status [CLUSTER]',
  usageStragglers: 'stragglers [TEAM, unowned or CLUSTER]',
  usageApprovals: 'approvals',
  usageReport: 'report [CLUSTER]',
  usageStop: 'stop [CLUSTER]',
  usageResume: 'resume [CLUSTER]',
  usageRollback: 'rollback [CLUSTER]',
  usageLang: 'lang [en, zh or auto]',
  usageHelp: 'help',
} as const
