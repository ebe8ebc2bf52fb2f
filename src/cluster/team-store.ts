import type { TeamStore } from '../ports/team-store.ts'
import { teamStates, type TeamStates } from '../wire/team-states.ts'
import type { ConfigMaps } from './config-maps.ts'
import type { SealKeys } from './sealed.ts'
import { newSharedMap } from './shared-map.ts'

/** The port `TeamStore` over a ConfigMap. */
export function newTeamStore(maps: ConfigMaps, seals: SealKeys): TeamStore {
  const map = newSharedMap<TeamStates | null>(maps, seals, 'teams', null, (value) => teamStates.parse(value))
  return { read: map.read, save: (states) => map.update(() => states) }
}
