/** Every action_id that a message of ours carries. Each has a handler (a test compares the two lists). */
export const ACTIONS = {
  approve: 'approval.approve',
  reject: 'approval.reject',
  start: 'approval.start',
  plan: 'approval.plan',
  acknowledge: 'plan.acknowledge',
  reask: 'approval.reask',
  undo: 'run.undo',
  stop: 'run.stop',
  resume: 'run.resume',
  status: 'run.status',
  refresh: 'status.refresh',
  helpRun: 'help.run',
  helpOpen: 'help.open',
  open: 'approvals.open',
  tellPlatform: 'team.tell-platform',
  teamMore: 'team.more',
  /** Two buttons of older reminders: they show themselves anew. */
  snooze: 'team.snooze',
  notOurs: 'team.not-ours',
  sendNudges: 'nudges.send',
  sidecar: 'team.sidecar',
  sidecarWhich: 'sidecar.which',
  restart: 'team.restart',
  restartLater: 'team.restart-later',
  restartChoose: 'restart.choose',
  restartCancel: 'restart.cancel',
  homeLanguage: 'home.language',
  homeRefresh: 'home.refresh',
  upgradeCluster: 'upgrade.cluster',
  upgradeVersion: 'upgrade.version',
} as const
export type ActionId = (typeof ACTIONS)[keyof typeof ACTIONS]

/** action_id of the one field of a modal of ours. */
export const DRAFT_INPUT = 'v'
/** callback_id of the modal that asks for the reason of a rejection. */
export const REJECT_VIEW = 'approval.reject'
/** callback_id of the modal in which a removal is approved by typing the cluster's name. */
export const TYPED_VIEW = 'approval.typed'
/** callback_id of the modal in which an upgrade is put together. */
export const UPGRADE_VIEW = 'upgrade.form'
export const PLAN_VIEW = 'approval.plan'
/** callback_id of the modal in which somebody of a team restarts one of its workloads. */
export const RESTART_VIEW = 'team.restart'
