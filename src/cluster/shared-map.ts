import { CodedError } from '../kernel/errors.ts'
import type { ConfigMaps } from './config-maps.ts'
import { parsedRecord, seal, unseal, type SealKeys } from './sealed.ts'

const TRIES = 8

/** A small JSON value in a sealed ConfigMap that several processes change. */
export type SharedMap<T> = {
  readonly read: () => Promise<T>
  /** Changes it by compare-and-set, again while others write; `null` from `change` means that nothing is to be saved. */
  readonly update: (change: (value: T) => T | null) => Promise<void>
}

export function newSharedMap<T>(
  maps: ConfigMaps,
  seals: SealKeys,
  name: string,
  empty: T,
  parse: (value: unknown) => T,
): SharedMap<T> {
  const load = async (): Promise<{ readonly value: T; readonly version: string | null }> => {
    const map = await maps.get(name)
    if (!map) return { value: empty, version: null }
    return {
      value: parsedRecord(name, unseal(seals, map), parse),
      version: map.metadata.resourceVersion ?? null,
    }
  }
  return {
    read: async () => (await load()).value,
    async update(change) {
      for (let attempt = 1; attempt <= TRIES; attempt += 1) {
        const { value, version } = await load()
        const changed = change(value)
        if (changed === null) return
        const content = seal(seals, name, name, JSON.stringify(changed))
        const saved = version === null ? await maps.create(content) : await maps.replace(content, version)
        if (saved !== null) return
      }
      throw new CodedError('CLUSTER_CONFLICT', { resource: 'configmaps', name, namespace: maps.namespace })
    },
  }
}
