import type { TeamStates } from '../wire/team-states.ts'

/** What the teams were told, in the ConfigMap `teams` of the cluster, with MAC; null before the first. */
export type TeamStore = {
  readonly read: () => Promise<TeamStates | null>
  readonly save: (states: TeamStates) => Promise<void>
}
