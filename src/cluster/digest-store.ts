import type { DigestStore } from '../ports/digest-store.ts'
import { digestState, type DigestState } from '../wire/digest-state.ts'
import type { ConfigMaps } from './config-maps.ts'
import type { SealKeys } from './sealed.ts'
import { newSharedMap } from './shared-map.ts'

/** The port `DigestStore` over a ConfigMap. */
export function newDigestStore(maps: ConfigMaps, seals: SealKeys): DigestStore {
  const map = newSharedMap<DigestState | null>(maps, seals, 'digest', null, (value) => digestState.parse(value))
  return { read: map.read, save: (state) => map.update(() => state) }
}
