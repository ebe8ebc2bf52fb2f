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
} as const
export type ActionId = (typeof ACTIONS)[keyof typeof ACTIONS]

/** callback_id of the modal that asks for the reason of a rejection. */
export const REJECT_VIEW = 'approval.reject'
export const PLAN_VIEW = 'approval.plan'
