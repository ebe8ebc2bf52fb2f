import { ownedBy, podStatus, podsOfDeployment } from '../kube-server/istio/running-pods.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, objectAt, stringsAt, textAt, valueAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { post } from './cluster-client.ts'

const CONTROLLER = 'kube-controller-manager'
const NUMBER = 'shop.example.com/release'

/**
 * Releases a Deployment anew, as its team does: new pods with what the live webhooks give them, then the old ones go. Throws
 * the API server's own words where it refuses a pod; the old ones stay then.
 */
export async function redeploy(kube: KubeServer, namespace: string, name: string): Promise<void> {
  const released = nextRelease(kube, namespace, name)
  const { replicaSet, pods } = podsOfDeployment(released, true)
  const owner = kube.put(replicaSet, CONTROLLER)
  for (const pod of pods) await runPod(kube, ownedBy(pod, owner))
  const isOld = (object: KubeObject): boolean => isOf(object, released) && !isOwned(object, replicaSet.metadata.name)
  for (const { metadata } of kube.list('v1', 'Pod', namespace).filter(isOld)) {
    kube.remove('v1', 'Pod', metadata.name, namespace)
  }
  for (const { metadata } of kube.list('apps/v1', 'ReplicaSet', namespace).filter(isOld)) {
    if (metadata.name !== replicaSet.metadata.name) kube.remove('apps/v1', 'ReplicaSet', metadata.name, namespace)
  }
}

function nextRelease(kube: KubeServer, namespace: string, name: string): KubeObject {
  const live = kube.get('apps/v1', 'Deployment', name, namespace)
  if (!live) throw new Error(`no Deployment ${namespace}/${name}`)
  const template = objectAt(live, 'spec', 'template')
  const annotations = stringsAt(template, 'metadata', 'annotations')
  const next = { ...annotations, [NUMBER]: String(Number(annotations[NUMBER] ?? 0) + 1) }
  const metadata = { ...objectAt(template, 'metadata'), annotations: next }
  const spec = { ...objectAt(live, 'spec'), template: { ...template, metadata } }
  return kube.put({ ...live, spec }, 'team-pipeline')
}

/** Created through admission, as a ReplicaSet's controller does; then its kubelet says that it runs. */
async function runPod(kube: KubeServer, pod: KubeObject): Promise<void> {
  const { status, ...wanted } = pod
  const path = `/api/v1/namespaces/${pod.metadata.namespace ?? ''}/pods`
  const { object, message } = await post(kube, path, wanted)
  if (!object) throw new Error(message)
  const running = podStatus(textAt(status, 'podIP') ?? '', true, listAt(object, 'spec', 'containers'))
  kube.put({ ...object, apiVersion: 'v1', kind: 'Pod', status: running }, 'kubelet')
}

function isOf({ metadata }: KubeObject, deployment: KubeObject): boolean {
  const wanted = Object.entries(stringsAt(deployment, 'spec', 'selector', 'matchLabels'))
  return wanted.every(([key, value]) => metadata.labels?.[key] === value)
}

function isOwned(object: KubeObject, replicaSet: string): boolean {
  return object.kind === 'ReplicaSet'
    ? object.metadata.name === replicaSet
    : (object.metadata.ownerReferences ?? []).some(({ name }) => name === replicaSet)
}

/** Pods of these namespaces by the version of their sidecar's image; `none` without one. Finished pods don't count. */
export function sidecarVersions(kube: KubeServer, namespaces: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const pod of namespaces.flatMap((namespace) => kube.list('v1', 'Pod', namespace))) {
    if (textAt(pod, 'status', 'phase') === 'Succeeded') continue
    const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
    const proxy = containers.find((container) => valueAt(container, 'name') === 'istio-proxy')
    const version = textAt(proxy, 'image')?.split(':').at(-1) ?? 'none'
    counts[version] = (counts[version] ?? 0) + 1
  }
  return counts
}
