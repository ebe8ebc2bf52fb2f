/** Codes of what teams are told and answer. Part of codes.ts. */
export const TEAM_CODES = [
  'TEAM_TOLD', // a team was told of the switch, reminded or thanked
  'TEAM_SNOOZED', // a team is not reminded before a day
  'TEAM_NOT_OURS', // a team says that workloads are not its own
  'UNOWNED_TOLD', // what no team owns was asked for
  'UNOWNED_SNOOZED', // what no team owns is not asked for before a day
  'NUDGE_OUTDATED', // an answer to a reminder that has no meaning any more
  'TEAM_CARD_REPLACED', // a click on a message to a team in whose place a newer one came
  'TEAM_CARD_GONE', // the same of one of which nothing is left
  'TEAM_CARD_OVER', // the same of an upgrade that went another way, or is over
  'TEAM_CARD_CHANGED', // the same of one that says something else now
  'TEAM_SNOOZED_ALREADY', // somebody has answered it with a later day
  'TEAM_DISOWNED_ALREADY', // somebody has answered that it is not the team's
  'TEAM_SILENT', // nobody of a team answered its reminders
  'PLATFORM_TOLD', // the platform team was told that a team needs it
  'PLATFORM_TOLD_BEFORE', // the same person told it already
  'PLATFORM_NOT_TOLD', // the upgrade of the message is over
  'NUDGES_SENT', // the first reminders of a run may leave
  'NUDGES_SENT_BEFORE', // somebody has let them leave already
  'NUDGES_OUTDATED', // a preview of an upgrade that is over
  'MAY_NOT_NUDGE', // not among those who may let reminders leave
  'MAY_NOT_ANSWER', // not of the team that was reminded
  'NOT_OURS_OF_STRANGER', // whoever runs the upgrade was told, the reminders go on
  'ANSWER_TAKEN_BACK', // the team is reminded as before
] as const
