import type { RestartStore } from '../ports/restart-store.ts'
import { restarts, type Restarts } from '../wire/restarts.ts'
import type { ConfigMaps } from './config-maps.ts'
import type { SealKeys } from './sealed.ts'
import { newSharedMap } from './shared-map.ts'

const NONE: Restarts = { v: 1, all: [] }

/** The port `RestartStore` over a ConfigMap. */
export function newRestartStore(maps: ConfigMaps, seals: SealKeys): RestartStore {
  const map = newSharedMap<Restarts>(maps, seals, 'restarts', NONE, (value) => restarts.parse(value))
  return {
    read: async () => (await map.read()).all,
    change: (change) =>
      map.update(({ all }) => {
        const changed = change(all)
        return changed && { v: 1, all: [...changed] }
      }),
  }
}
