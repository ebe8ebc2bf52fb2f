import { CodedError } from '../kernel/errors.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { KubeHttp } from './kube-http.ts'
import { firstServed } from './read-parts.ts'

export type LeaseSpec = {
  readonly holderIdentity?: string
  readonly leaseDurationSeconds?: number
  readonly acquireTime?: string
  readonly renewTime?: string
  readonly leaseTransitions?: number
}
export type Lease = KubeObject & { readonly spec?: LeaseSpec }

/** One Lease, read and written by compare-and-set. */
export type LeaseObject = {
  readonly read: () => Promise<Lease | null>
  /** The Lease as saved; null when somebody else wrote in between. `version` null creates it. */
  readonly write: (spec: LeaseSpec, version: string | null, deadlineMs: number) => Promise<Lease | null>
}

export function newLeaseObject(http: KubeHttp, namespace: string, name: string, readDeadlineMs: number): LeaseObject {
  const root = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
  const path = `${root}/${name}`
  return {
    read: () =>
      firstServed([async () => (await http.json({ method: 'GET', path, deadlineMs: readDeadlineMs })) as Lease]),
    async write(spec, version, deadlineMs) {
      const labels = { 'app.kubernetes.io/managed-by': 'meshferry' }
      const metadata = { name, namespace, labels, ...(version ? { resourceVersion: version } : {}) }
      const body: Lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec }
      const call = version ? { method: 'PUT' as const, path } : { method: 'POST' as const, path: root }
      try {
        return (await http.json({ ...call, body, deadlineMs })) as Lease
      } catch (error) {
        if (error instanceof CodedError && error.code === 'CLUSTER_CONFLICT') return null
        throw error
      }
    },
  }
}

/** MicroTime: Kubernetes wants six digits after the second. */
export function microTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000Z')
}
