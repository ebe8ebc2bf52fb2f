import type { KubeObject } from './kube-object.ts'
import { builtInKinds } from './resource-kinds.ts'
import type { Store } from './store.ts'

const LEASE = builtInKinds.find((kind) => kind.kind === 'Lease')

/** What a controller manager holds while it runs, in a real cluster too. */
export function controllersLease(): KubeObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'kube-controller-manager', namespace: 'kube-system' },
    spec: { holderIdentity: 'sandbox', leaseDurationSeconds: 15 },
  }
}

/** Whether this server's cluster runs by itself. */
export function controllersRun(store: Store): boolean {
  const { name, namespace = '' } = controllersLease().metadata
  return LEASE !== undefined && store.read(LEASE, namespace, name) !== undefined
}
