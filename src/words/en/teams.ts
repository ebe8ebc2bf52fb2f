import type { Catalogue } from '../sentence.ts'

/** What teams say to messages, and reminders before they leave. */
export const teamsEn = {
  TEAM_CARD_REPLACED: [
    'A newer message[[ to team {team}]] took the place of this one, so your click changed nothing.',
    'Answer the newest one.',
  ],
  TEAM_CARD_GONE: [
    'Nothing[[ of team {team}]] is left on the old sidecar: it has moved, or is gone. Your click changed nothing.',
    'Nothing is left to do.',
  ],
  TEAM_CARD_OVER: [
    'The upgrade that this message speaks of went another way since, or is over. Your click changed nothing.',
    'See what runs now: `{command} status {cluster}`.',
  ],
  TEAM_CARD_CHANGED: [
    'This message has changed since you saw it, so your click changed nothing. Left[[ of team {team}]] now: {pods} {pods|pod|pods}[[ of {workloads}]].',
    'It is being drawn again: read it, then answer.',
  ],
  TEAM_SNOOZED_ALREADY: [
    '{by} has answered this already: no reminder[[ of team {team}]] before {until}. Your click changed nothing.',
    'Should that be wrong, speak with {by}; the next reminder can be answered anew.',
  ],
  TEAM_DISOWNED_ALREADY: [
    '{by} has answered this already: these workloads are not those[[ of team {team}]]. Your click changed nothing.',
    'Should that be wrong, speak with {by}, and tell whoever asked for the upgrade.',
  ],
  TEAM_SILENT: ['{number} {number|reminder|reminders}[[ to team {team}]] got no answer; {old} {old|pod|pods} left.'],
  PLATFORM_TOLD: [
    'The platform team was told that team {team} needs it.',
    'Whoever asked for the upgrade was mentioned, and finds your name and your channel there.',
  ],
  PLATFORM_TOLD_BEFORE: [
    'You told the platform team already for team {team}, at {at}; nothing more was sent.',
    'If nobody has come, write to whoever asked for the upgrade.',
  ],
  PLATFORM_NOT_TOLD: [
    'The platform team was not told: the upgrade that this message speaks of is over.[[ {because}]]',
    'Write to the platform team in its own channel.',
  ],
  NUDGES_SENT: ['The reminders to {teams} {teams|team|teams} may leave, each in its working hours.'],
  NUDGES_SENT_BEFORE: ['{by} sent the reminders already, at {at}.'],
  NUDGES_OUTDATED: [
    'These reminders are of an upgrade that is over or goes back; nothing was sent.',
    'Look at `{command} status`.',
  ],
  MAY_NOT_NUDGE: [
    'You are not among those who may send the reminders; nothing was sent.',
    'Ask whoever asked for the upgrade, or one of: {listed}.',
  ],
  MAY_NOT_ANSWER: [
    'Only somebody of {team}, or who has a say in this upgrade, may change its reminders. Nothing was changed.',
    'Ask {ask}.',
  ],
  NOT_OURS_OF_STRANGER: [
    'Whoever runs the upgrade was told. You are not listed as one of {team}, so its reminders go on.',
    'To end them, ask {ask}.',
  ],
  ANSWER_TAKEN_BACK: ['The answer was taken back; reminders go on as before[[ for team {team}]].'],
} as const satisfies Partial<Catalogue>
