import type { Clock } from '../kernel/clock.ts'
import type { UnreadablePart } from '../istio/mesh.ts'
import type { KubeHttp } from './kube-http.ts'
import { newPartReader } from './read-parts.ts'
import type { TenantName, TenantPart } from './read-tenants.ts'
import { NOTHING_READ, readTenantPart, TENANT_NAMES } from './read-tenants.ts'

/** The tenants' side as it was last read, part by part. */
export type TenantSide = {
  /** Reads these parts now. One that fails stays as it was, and is unreadable until it is read again. */
  readonly renew: (names: readonly TenantName[]) => Promise<void>
  /** Parts whose last reading was begun longer ago than this, that failed, or that nobody has read yet. */
  readonly olderThan: (ms: number) => readonly TenantName[]
  readonly known: () => {
    readonly tenants: TenantPart
    readonly unreadable: readonly UnreadablePart[]
    /** When the reading of the oldest part was begun (epoch ms). */
    readonly oldestMs: number
  }
}

type Seen = { readonly turn: number; readonly beganMs: number; readonly failed?: UnreadablePart }

/** Remembers what was read for as long as the process lives; nothing is read before it is asked for. */
export function newTenantSide(http: KubeHttp, istioNamespace: string, clock: Clock): TenantSide {
  let tenants = NOTHING_READ
  const seen = new Map<TenantName, Seen>()
  let turns = 0
  return {
    async renew(names) {
      const beganMs = clock.now()
      const turn = (turns += 1)
      const parts = newPartReader()
      const read = await readTenantPart(http, istioNamespace, parts, names, tenants)
      // Of two readings at the same time the one counts that was begun later.
      const newer = names.filter((name) => (seen.get(name)?.turn ?? 0) < turn)
      tenants = { ...tenants, ...Object.fromEntries(newer.map((name) => [name, read[name]])) }
      for (const name of newer) {
        const failed = parts.unreadable.find(({ part }) => part === name)
        seen.set(name, { turn, beganMs, ...(failed ? { failed } : {}) })
      }
    },
    olderThan(ms) {
      const limit = clock.now() - ms
      return TENANT_NAMES.filter((name) => {
        const last = seen.get(name)
        return !last || last.failed !== undefined || last.beganMs < limit
      })
    },
    known: () => ({
      tenants,
      unreadable: [...seen.values()].flatMap(({ failed }) => failed ?? []),
      oldestMs: Math.min(...TENANT_NAMES.map((name) => seen.get(name)?.beganMs ?? 0)),
    }),
  }
}
