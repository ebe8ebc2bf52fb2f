import type { ControlPlane } from '../kube-server/istio/control-plane.ts'
import { revisionLabel, runningReplicas, withRevision } from '../kube-server/istio/control-plane.ts'
import { caBundleOf, meshRoot } from '../kube-server/istio/mesh-root.ts'
import { endpointSlice, ownedBy, podsOfDeployment } from '../kube-server/istio/running-pods.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { isJsonObject, listAt, stringsAt, textAt } from '../kube-server/kube-object.ts'
import type { KubeClient } from './kube-client.ts'
import type { Session } from './session.ts'

const CONTROLLER = 'kube-controller-manager'

/**
 * What the cluster's controllers and kubelets would do with the Deployment just applied: ReplicaSet, pods, status and
 * EndpointSlices. Where the sandbox's cluster doesn't run by itself the script plays them, under their name.
 */
export async function runIstiods(session: Session, plane: ControlPlane): Promise<void> {
  const kube = session.kube()
  if (await kube.controllersRun()) return
  const name = withRevision('istiod', plane.revision)
  const deployment = await kube.get('Deployment', name, plane.namespace)
  if (!deployment) throw new Error(`deployments.apps "${name}" not found`)
  const ready = session.behaviour.neverReady !== true
  const running = podsOfDeployment(deployment, ready, runningReplicas(plane))
  await removeOlder(kube, deployment, running.replicaSet.metadata.name)
  const replicaSet = await put(kube, running.replicaSet)
  for (const pod of running.pods) await put(kube, ownedBy(pod, replicaSet))
  const replicas = running.pods.length
  const readyReplicas = ready ? replicas : 0
  const status = { replicas, readyReplicas, availableReplicas: readyReplicas, updatedReplicas: replicas }
  await kube.update({ ...deployment, status }, CONTROLLER, 'status')
  await writeSlices(kube, plane.namespace)
}

/** What the new istiod itself does in its first second: its root into the webhooks of its revision, validation to Fail. */
export async function trustIstiods(session: Session, plane: ControlPlane): Promise<void> {
  const kube = session.kube()
  const root = await kube.get('ConfigMap', 'istio-ca-root-cert', plane.namespace)
  const pem = textAt(root, 'data', 'root-cert.pem') ?? (await makeRoot(kube, plane))
  const selector = `istio.io/rev=${revisionLabel(plane.revision)}`
  for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']) {
    for (const object of await kube.list(kind, selector)) await trust(kube, object, caBundleOf(pem))
  }
}

async function trust(kube: KubeClient, object: KubeObject, caBundle: string): Promise<void> {
  const validating = object.kind === 'ValidatingWebhookConfiguration'
  const webhooks = listAt(object, 'webhooks').map((entry) => {
    if (!isJsonObject(entry)) return entry
    const clientConfig = { ...(isJsonObject(entry['clientConfig']) ? entry['clientConfig'] : {}), caBundle }
    return { ...entry, clientConfig, ...(validating ? { failurePolicy: 'Fail' } : {}) }
  })
  await kube.update({ ...object, webhooks }, 'pilot-discovery')
}

/** A first install: istiod makes its root and publishes it. */
async function makeRoot(kube: KubeClient, plane: ControlPlane): Promise<string> {
  const metadata = { name: 'istio-ca-root-cert', namespace: plane.namespace, labels: { 'istio.io/config': 'true' } }
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'root-cert.pem': meshRoot } }
  await kube.create(object, 'pilot-discovery')
  return meshRoot
}

/** Creates the object, or brings spec and status of the one that is there up to date. */
async function put(kube: KubeClient, object: KubeObject): Promise<KubeObject> {
  const live = await kube.get(object.kind, object.metadata.name, object.metadata.namespace)
  const stored = live ?? (await kube.create(object, CONTROLLER))
  const status = object['status']
  if (status === undefined) return stored
  return kube.update({ ...stored, status }, CONTROLLER, 'status')
}

async function removeOlder(kube: KubeClient, deployment: KubeObject, current: string): Promise<void> {
  for (const replicaSet of await kube.list('ReplicaSet', '', deployment.metadata.namespace)) {
    const owned = replicaSet.metadata.ownerReferences?.some((owner) => owner.uid === deployment.metadata.uid)
    if (owned && replicaSet.metadata.name !== current) await kube.remove(replicaSet)
  }
}

async function writeSlices(kube: KubeClient, namespace: string): Promise<void> {
  for (const service of await kube.list('Service', '', namespace)) {
    const selector = Object.entries(stringsAt(service, 'spec', 'selector'))
    if (selector.length === 0) continue
    const pods = await kube.list('Pod', selector.map(([key, value]) => `${key}=${value}`).join(','), namespace)
    const wanted = endpointSlice(service, pods)
    const live = await kube.get('EndpointSlice', wanted.metadata.name, namespace)
    if (live) await kube.update({ ...live, endpoints: wanted['endpoints'], ports: wanted['ports'] }, CONTROLLER)
    else if (pods.length > 0) await kube.create(wanted, CONTROLLER)
  }
}
