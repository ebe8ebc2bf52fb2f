import { isJsonObject } from '../../src/sandbox/kube-server/kube-object.ts'
import { seedRunning } from '../../src/sandbox/kube-server/seed/seed-running.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'

const NAMESPACE = 'istio-system'

/**
 * Plays the controllers for istiod from now on, because the local API server has none: as many ready pods as each Deployment asks
 * for, other pods with each change of it, and the endpoints of its Services.
 */
export function runIstiods(kube: KubeServer): () => void {
  const runs = new Map<string, string>()
  for (const { metadata, spec } of deployments(kube)) runs.set(metadata.name, wanted({ spec, uid: metadata.uid }))
  return kube.listen(() => {
    for (const { metadata, spec } of deployments(kube)) {
      const now = wanted({ spec, uid: metadata.uid })
      if (runs.get(metadata.name) === now) continue
      runs.set(metadata.name, now)
      restart(kube, metadata.name)
    }
  })
}

/** The pods of an istiod are other ones from now on, as after a crash. */
export function restart(kube: KubeServer, name: string): void {
  for (const pod of podsOf(kube, name)) kube.remove('v1', 'Pod', pod, NAMESPACE)
  seedRunning(kube, { namespace: NAMESPACE, name, ready: true })
}

function podsOf(kube: KubeServer, name: string): readonly string[] {
  return kube
    .list('v1', 'Pod', NAMESPACE)
    .map(({ metadata }) => metadata.name)
    .filter((pod) => new RegExp(`^${name}-[a-z0-9]{10}-[a-z0-9]{5}$`).test(pod))
}

function deployments(kube: KubeServer) {
  return kube.list('apps/v1', 'Deployment', NAMESPACE)
}

function wanted({ spec, uid }: { readonly spec?: unknown; readonly uid?: string | undefined }): string {
  return `${uid ?? ''} ${isJsonObject(spec) ? JSON.stringify(spec['replicas'] ?? 1) : ''}`
}
