import { isJsonObject } from '../kube-server/kube-object.ts'
import { seedRunning } from '../kube-server/seed/seed-running.ts'
import type { KubeServer } from '../kube-server/server.ts'

const NAMESPACE = 'istio-system'

/**
 * Plays the controllers for the istiods: as many ready pods as a Deployment asks for when that changes, and the endpoints of its
 * Services. What a new Deployment begins with is left to whoever makes it.
 */
export function playIstiods(kube: KubeServer): () => void {
  const runs = new Map<string, string>()
  const look = (): void => {
    const live = kube.list('apps/v1', 'Deployment', NAMESPACE)
    for (const name of runs.keys()) if (!live.some(({ metadata }) => metadata.name === name)) runs.delete(name)
    for (const { metadata, spec } of live) {
      const { name } = metadata
      const wanted = isJsonObject(spec) ? JSON.stringify(spec['replicas'] ?? 1) : ''
      const before = runs.get(name)
      runs.set(name, wanted)
      if (before !== undefined && before !== wanted) restart(kube, name)
      else if (before === undefined && wasPutBack(metadata)) restart(kube, name)
    }
  }
  look()
  return kube.listen(({ object }) => {
    if (object.kind === 'Deployment') look()
  })
}

/** istioctl plays the controllers for what it applies itself; what anybody else creates has nobody who does. */
function wasPutBack({
  managedFields = [],
}: {
  readonly managedFields?: readonly { readonly manager: string }[]
}): boolean {
  return managedFields.length > 0 && managedFields.every(({ manager }) => manager !== 'istio-operator')
}

function restart(kube: KubeServer, name: string): void {
  const isOf = new RegExp(`^${name}-[a-z0-9]{10}-[a-z0-9]{5}$`)
  for (const { metadata } of kube.list('v1', 'Pod', NAMESPACE)) {
    if (isOf.test(metadata.name)) kube.remove('v1', 'Pod', metadata.name, NAMESPACE)
  }
  seedRunning(kube, { namespace: NAMESPACE, name, ready: true })
}
