/** Codes of what somebody types. Part of codes.ts. */
export const COMMAND_CODES = [
  'TEAM_OR_CLUSTER_UNKNOWN', // neither a team nor a cluster that is known
  'NAMESPACE_IS_NO_TEAM', // the name of a namespace where one of a team is asked for
  'COMMAND_NO_HOLD', // one namespace can't be held back
  'NOTHING_TO_STOP', // the run is done
] as const
