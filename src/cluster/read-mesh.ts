import { isoOf, type Clock } from '../kernel/clock.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { KubeHttp } from './kube-http.ts'
import { readDeployments, readInjectionPart } from './read-injection.ts'
import { newPartReader } from './read-parts.ts'
import { readTenantPart } from './read-tenants.ts'

export type MeshReader = {
  readonly readMesh: () => Promise<Mesh>
  readonly readInjection: () => Promise<Mesh>
}

/**
 * Reads all parts at once, each with its own fate: what fails is named in `unreadable` (by the field's name in Mesh) and
 * is empty. A kind that isn't served is empty and readable.
 */
export function newMeshReader(http: KubeHttp, istioNamespace: string, clock: Clock): MeshReader {
  let last: Mesh | null = null
  const readMesh = async (): Promise<Mesh> => {
    const readAt = isoOf(clock.now())
    const parts = newPartReader()
    const [injection, tenants] = await Promise.all([
      readInjectionPart(http, istioNamespace, parts),
      readTenantPart(http, istioNamespace, parts),
    ])
    last = { readAt, istioNamespace, ...injection, ...tenants, unreadable: parts.unreadable }
    return last
  }
  return {
    readMesh,
    async readInjection() {
      const before = last
      if (!before) return readMesh()
      const parts = newPartReader()
      const [injection, controlPlanes] = await Promise.all([
        readInjectionPart(http, istioNamespace, parts),
        parts.read('workloads', [], () => readDeployments(http, istioNamespace)),
      ])
      const renewed = new Set([...Object.keys(injection), 'workloads'])
      const isRenewed = (one: Mesh['workloads'][number]): boolean =>
        one.kind === 'Deployment' && one.metadata.namespace === istioNamespace
      return {
        ...before,
        ...injection,
        workloads: [...before.workloads.filter((one) => !isRenewed(one)), ...controlPlanes],
        unreadable: [...before.unreadable.filter(({ part }) => !renewed.has(part)), ...parts.unreadable],
      }
    },
  }
}
