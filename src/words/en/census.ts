import type { Catalogue } from '../sentence.ts'

/** Why a workload's pods still carry an old sidecar, and what its owner can do; Meshferry does none of it. */
export const censusEn = {
  NOT_REDEPLOYED: ['It was not redeployed since the switch.', 'Nothing special: its next redeploy moves it.'],
  IMAGE_PINNED: [
    'The annotation sidecar.istio.io/proxyImage pins its sidecar ({image}): a redeploy keeps it.',
    'Take the annotation out of the pod template, then redeploy.',
  ],
  ASKS_FOR_OLD: [
    'The label istio.io/rev={revision} on its {where} asks for the old control plane by name: a redeploy gets it again.',
    'Use the tag or the revision that the others use, then redeploy.',
  ],
  INJECTION_OFF: [
    'Its template turns injection off by now; the running pods still have a sidecar from before.',
    'Redeploy it: the new pods have none.',
  ],
  BARE_POD: [
    'No workload controls this pod, so nothing makes it anew.',
    'Delete it and make it again when it suits you.',
  ],
  NEXT_RUN: ['A CronJob: what runs now keeps its sidecar.', 'Nothing to do: its next run has the new one.'],
  ENDS_WITH_JOB: ['A Job: its pods keep their sidecar until they end.', 'Nothing to do unless it runs for weeks.'],
  ROLLOUT_PAUSED: ['Its rollout is paused, so a change reaches no pod.', 'Resume it: kubectl rollout resume.'],
  ON_DELETE: [
    'Its update strategy is OnDelete: a redeploy waits until somebody deletes its pods.',
    'Delete its pods one by one when it suits you.',
  ],
  TEAM_TOLD: [
    'Team {team} was told: {what}[[, reminder {number}]][[, asked to redeploy by {by}]]; {old} {old|pod|pods} left.',
  ],
  TEAM_SNOOZED: ['Team {team} is not reminded before {until}.'],
  TEAM_NOT_OURS: [
    'Noted, not of team {team}: {workloads}.',
    'Whoever runs the upgrade was told. Nobody of the team is reminded of them any more.',
  ],
  UNOWNED_TOLD: [
    'What no team owns was asked for in its channel: {what}[[, reminder {number}]][[, to redeploy by {by}]]; {old} {old|pod|pods} left.',
  ],
  UNOWNED_SNOOZED: ['What no team owns is not asked for before {until}.'],
  NUDGE_OUTDATED: [
    'This reminder[[ for team {team}]] has no meaning any more; nothing was changed.',
    'Look at the newest reminder, or at `/istio stragglers`.',
  ],
} as const satisfies Partial<Catalogue>
