import type { Catalogue } from '../sentence.ts'

/** What teams say to messages, and reminders before they leave. */
export const teamsEn = {
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
    'The upgrade that this message speaks of is over, so the platform team was not told.',
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
