import type { Catalogue } from '../sentence.ts'

/** Why a workload's pods still carry an old sidecar, and what its owner can do; Meshferry does none of it. */
export const censusEn = {
  NOT_REDEPLOYED: ['It was not redeployed since the switch.', 'Nothing special: its next redeploy moves it.'],
  IMAGE_PINNED: [
    'The annotation sidecar.istio.io/proxyImage pins its sidecar ({image}): a redeploy keeps it.',
    'Take the annotation out of the pod template, then redeploy.',
  ],
  ASKS_FOR_OLD: [
    'A redeploy gets the old control plane again[[: the label {label} on its {where} leads to {revision}]].',
    'Use the tag or the revision that the others use, then redeploy.',
  ],
  ASKS_FOR_OTHER: [
    'A redeploy gets the revision {revision}, which is not the new one[[: the label {label} on its {where} leads there]].',
    'Use the tag or the revision that the others use, then redeploy.',
  ],
  INJECTION_OFF: [
    'Nothing injects its new pods, by the labels of its template and namespace; the running ones still have a sidecar from before.',
    'If that is meant, redeploy it: the new pods have no sidecar. If not, put the label back first.',
  ],
  INJECTED_BY_HAND: [
    'Its sidecar is written into its pod template: a redeploy keeps it.',
    'Take it out of the template and let it be injected, or inject the template anew with the new istioctl.',
  ],
  MADE_BY_ISTIOD: [
    'An istiod makes these pods for a Gateway object: a redeploy does not change whose they are.',
    'They follow the label istio.io/rev of their Gateway.',
  ],
  REDEPLOY_UNKNOWN: [
    'What a redeploy would get cannot be told now.',
    'Look at what injects its namespace before you rely on a redeploy.',
  ],
  BARE_POD: [
    'No workload controls this pod, so nothing makes it anew.',
    'Delete it and make it again when it suits you.',
  ],
  STATIC_POD: [
    'The kubelet makes this pod from a file of its node, so no redeploy reaches it.',
    'Whoever keeps that file can change it.',
  ],
  NO_ROLLOUT: [
    'A {kind} that no Deployment controls: a changed template reaches none of its pods.',
    'Delete its pods one by one when it suits you: it makes them anew.',
  ],
  KIND_UNKNOWN: [
    'A {kind} makes these pods, which Meshferry does not know: whether a redeploy moves them cannot be told.',
    'Have its pods made anew the way its operator does it.',
  ],
  NEXT_RUN: ['A CronJob: what runs now keeps its sidecar.', 'Nothing to do: its next run has the new one.'],
  ENDS_WITH_JOB: ['A Job: its pods keep their sidecar until they end.', 'Nothing to do unless it runs for weeks.'],
  ROLLOUT_PAUSED: ['Its rollout is paused, so a change reaches no pod.', 'Resume it: kubectl rollout resume.'],
  ON_DELETE: [
    'Its update strategy is OnDelete: a redeploy waits until somebody deletes its pods.',
    'Delete its pods one by one when it suits you.',
  ],
  ROLLOUT_PARTITION: [
    'The partition {partition} of its rolling update holds the pods below that number back.',
    'Lower the partition when it suits you.',
  ],
  ROLLOUT_UNFINISHED: [
    'Its rollout is not finished: newer pods of it have the new sidecar already.',
    'Nothing to do while it goes on; if it hangs, kubectl rollout status says why.',
  ],
  SCALED_TO_ZERO: ['It is scaled to zero: what is left of it ends.', 'Nothing to do.'],
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
    'Look at the newest reminder, or at `{command} stragglers`.',
  ],
} as const satisfies Partial<Catalogue>
