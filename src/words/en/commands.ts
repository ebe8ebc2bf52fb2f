import type { Catalogue } from '../sentence.ts'

/** What somebody typed. */
export const commandsEn = {
  TEAM_OR_CLUSTER_UNKNOWN: [
    'I know no team or cluster “{typed}”, so nothing is said of its pods.',
    'Clusters: {clusters}[[; teams of the settings and with pods left: {teams}]].',
  ],
  NAMESPACE_IS_NO_TEAM: [
    '“{typed}” is a namespace, and no team or cluster that I know, so nothing is said of its pods.',
    '[[Pods left in it: {owners}. ]]Ask for a team by its name, or for “unowned”.',
  ],
  COMMAND_NO_HOLD: [
    'There is no command “{typed}”: one namespace cannot be held back or let go on. Nothing was done.',
    'A team puts its reminders off under “More” on its reminder; the whole upgrade waits after {command} stop.',
  ],
  NOTHING_TO_STOP: [
    'Nothing is running, so nothing was stopped: the upgrade from {from} to {to} is done, and {from} was retired[[ on {at}]].',
    'Until {until} {from} can be put back[[: {command} rollback]].',
  ],
} as const satisfies Partial<Catalogue>
