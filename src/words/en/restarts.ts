import type { Catalogue } from '../sentence.ts'

/** Restarts that owners click. */
export const restartsEn = {
  RESTARTS_OFF: [
    'Workloads of {team} are not restarted from here: the settings of this cluster do not let owners do it. Nothing was restarted.',
    'Redeploy as you always do: the same version is enough.',
  ],
  TEAM_HAS_NO_MEMBERS: [
    'Nobody is listed as a member of {team}, so nobody may restart its workloads from here. Nothing was restarted.',
    'The platform team can list members under teams.known.{team}.members; or redeploy as you always do.',
  ],
  NOT_OF_THE_TEAM: ['Only somebody of {team} may restart its workloads. Nothing was restarted.', 'Ask {ask}.'],
  RESTART_NOT_LEFT: [
    '{workload} is not among what is left to be moved[[ of {team}]]: it has moved already, is gone, or is not theirs. Nothing was restarted.',
    'Nothing is to be done for it.',
  ],
  RESTART_IN_VAIN: ['A restart would not move {workload}. {because}', 'See to that first. Nothing was restarted.'],
  RESTART_UNDER_WAY: [
    '{workload} is being restarted already, or a time was picked for it[[ ({by})]]. It is not restarted twice.',
    "Its message in the team's channel says how far it is.",
  ],
  RESTART_BY_ITS_TOOL: [
    '{tool} keeps {workload}, so it is restarted in the way of {tool}, and not from here. Nothing was restarted.',
    'Run this command:',
  ],
  RESTART_INSIDE_ITS_TOOL: [
    '{tool} keeps {workload}, so it is restarted in the way of {tool}, and not from here. By which command cannot be told from what stands on it. Nothing was restarted.',
    'Redeploy it through {tool}.',
  ],
  RESTART_RIGHTS_MISSING: [
    'The worker may not restart workloads: it lacks the right to {verb} {resource}[[ in {namespace}]]. Nothing was restarted.',
    'The platform team can give it with deploy/kubernetes/restart-rights.yaml; or redeploy as you always do.',
  ],
  RESTART_SHOWN: ['{workload}: {ready} of {replicas} pods are ready, {strategy}.'],
  RESTART_DIALOG_LAPSED: [
    'This dialog was open for more than 30 minutes, so nothing was restarted.',
    'Press the button of the reminder again.',
  ],
  RESTART_TIME_AWAY: [
    'A time must lie ahead, and not more than 31 days away. Nothing was recorded.',
    'Pick another one.',
  ],
  RESTART_TIME_CLOSED: [
    "That time is outside of the team's working hours. Nothing was recorded.",
    'Pick another one[[; they begin again at {opens}]].',
  ],
  RESTART_TIME_LATE: [
    'That time is after {day}, the day by which the team was asked. Nothing was recorded.',
    'Pick an earlier one, or restart now.',
  ],
  RESTART_ASKED: [
    '{workload} is being restarted, and nothing else.',
    "Its message in the team's channel says how far it is.",
  ],
  RESTART_PLANNED: [
    '{workload} will be restarted at {due}, unless it moves by itself before. Nothing else is restarted.',
    "Its message in the team's channel says when it has begun.",
  ],
  RESTART_WRITTEN: ['{workload} of {team} was told to restart, as its owner asked.'],
  RESTART_DONE: ['{workload} of {team} was restarted and is healthy.'],
  RESTART_FAILED: ['The restart of {workload} of {team} came to no good end.[[ {because}]]'],
  RESTART_DROPPED: ['The restart of {workload} of {team} was dropped.[[ {because}]]'],
  RESTART_CHANGED: [
    'The workload was changed after it was shown, so nothing was restarted.',
    'If that was a redeploy, nothing is left to do; else press the button of the reminder again.',
  ],
  RESTART_GONE: [
    'The workload is gone, or was made anew. Nothing more is done about it.',
    'Look at what runs now; if that has the old sidecar, redeploy it.',
  ],
  RESTART_OVERTAKEN: [
    'Somebody, or a tool, changed its template again after the restart was written, so that its rollout is no longer ours to follow.',
    'Look at the rollout with the command below.',
  ],
  RESTART_STUCK: [
    'Kubernetes says that the rollout makes no progress[[: {message}]].',
    'Old pods serve as long as new ones do not get ready. Look at the events of the new pods first.',
  ],
  RESTART_SLOW: [
    'It is not healthy after {minutes} minutes.',
    'The rollout goes on, and nothing is put back by itself. Look at the events of the new pods.',
  ],
  RESTART_NOT_NEEDED: [
    'Nothing of it is left on the old sidecar: it moved by itself before, or is gone. Nothing was restarted.',
  ],
  RESTART_MISSED: [
    'It could not be begun at the picked time, since no worker was there or pods could not be counted, and it is too late now. Nothing was restarted.',
    'Pick another time, or redeploy as you always do.',
  ],
  RESTART_TAKEN_BACK: ['The picked time of {workload} was taken back by {by}. Nothing is restarted then.'],
  RESTART_TAKEN_BACK_ALREADY: [
    'The picked time of {workload} was taken back by {by} before[[, {when}]]. Nothing is restarted then, and your click changed nothing.',
    'Should it be restarted after all, pick a time at the newest reminder of the team.',
  ],
  RESTART_TAKE_BACK_ASKED: ['{by} asked to take back the picked time of {workload}.'],
  RESTART_NO_TIME: [
    'Of this picked time of {team} nothing is stored any more: it was dealt with long ago. Nothing was changed.',
    'The newest reminder of the team names what is left; {command} status says what runs now.',
  ],
  RESTART_BEGUN: [
    'The restart of {workload} that {asker} asked for began {when}, so its time cannot be taken back. Your click changed nothing.',
    "It is not stopped half-way: its message in the team's channel says how far it is.",
  ],
  RESTART_OVER_WELL: [
    '{workload} was restarted as {asker} asked[[, and was healthy {when}]]. Its time cannot be taken back, and your click changed nothing.',
    'Nothing is left to do for it.',
  ],
  RESTART_OVER_BADLY: [
    'The restart of {workload} that {asker} asked for began and came to no good end[[ {when}]].[[ {because}]] Your click changed nothing.',
    "Its message in the team's channel says what to look at.",
  ],
  RESTART_OVER_UNDONE: [
    'The restart of {workload} that {asker} picked a time for was dropped[[ {when}]].[[ {because}]] There is nothing to take back.',
    'What is left of the team is in its newest reminder.',
  ],
  RESTART_TURNED: [
    'The upgrade goes the other way since: pods do not move to Istio {to} now. Nothing was restarted.',
    'Only what the newest reminder of the team names is left to be moved.',
  ],
  RESTART_LAPSED: [
    'It could not be begun within two minutes of the click or of the picked time, so it was not begun at all. Nothing was restarted.',
    'Press the button of the reminder again.',
  ],
} as const satisfies Partial<Catalogue>
