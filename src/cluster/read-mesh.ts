import { isoOf, type Clock } from '../kernel/clock.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { KubeHttp } from './kube-http.ts'
import { readDeployments, readInjectionPart } from './read-injection.ts'
import { newPartReader } from './read-parts.ts'
import type { TenantName } from './read-tenants.ts'
import { TENANT_NAMES } from './read-tenants.ts'
import { newTenantSide } from './tenant-side.ts'

export type MeshReader = {
  readonly readMesh: () => Promise<Mesh>
  readonly readStanding: () => Promise<Mesh>
  readonly readInjection: () => Promise<Mesh>
  readonly renewTenants: (what: { readonly pods: boolean }) => Promise<void>
}

/** There are far more of these than of anything else, and next to nothing is decided by them: a click takes what is this young. */
const HEAVY: readonly TenantName[] = ['pods', 'nodes']
const HEAVY_MAX_AGE_MS = 90_000

/**
 * Reads all parts at once, each with its own fate: what fails is named in `unreadable` (by the field's name in Mesh) until it
 * could be read, and stays as it was last read. A kind that isn't served is empty and readable.
 */
export function newMeshReader(http: KubeHttp, istioNamespace: string, clock: Clock): MeshReader {
  const side = newTenantSide(http, istioNamespace, clock)
  const readWith = async (names: readonly TenantName[]): Promise<Mesh> => {
    const renewed = side.renew(names)
    const beganMs = clock.now()
    const parts = newPartReader()
    const [injection, controlPlanes] = await Promise.all([
      readInjectionPart(http, istioNamespace, parts),
      parts.read('workloads', [], () => readDeployments(http, istioNamespace)),
      renewed,
    ])
    const { tenants, unreadable, oldestMs } = side.known()
    return {
      readAt: isoOf(Math.min(beganMs, oldestMs)),
      istioNamespace,
      ...injection,
      ...tenants,
      workloads: [...tenants.workloads.filter((one) => !isOfIstio(one, istioNamespace)), ...controlPlanes],
      unreadable: eachOnce([...parts.unreadable, ...unreadable]),
    }
  }
  return {
    readMesh: () => readWith(TENANT_NAMES),
    readStanding() {
      const stale = side.olderThan(HEAVY_MAX_AGE_MS)
      return readWith(TENANT_NAMES.filter((name) => stale.includes(name) || !HEAVY.includes(name)))
    },
    readInjection: () => readWith(side.olderThan(Infinity)),
    renewTenants: ({ pods }) => side.renew(TENANT_NAMES.filter((name) => pods || !HEAVY.includes(name))),
  }
}

/** A Deployment where the control planes are: read anew with every look. */
function isOfIstio({ kind, metadata }: Mesh['workloads'][number], istioNamespace: string): boolean {
  return kind === 'Deployment' && metadata.namespace === istioNamespace
}

function eachOnce(unreadable: Mesh['unreadable']): Mesh['unreadable'] {
  return unreadable.filter(({ part }, i) => unreadable.findIndex((other) => other.part === part) === i)
}
