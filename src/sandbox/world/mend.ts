import { sleep } from '../../kernel/retry.ts'
import { isReady } from '../kube-server/istiod.ts'
import type { JsonObject, KubeObject } from '../kube-server/kube-object.ts'
import { listAt, objectAt, stringsAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { post } from './api-client.ts'
import type { WorkloadPlan } from './plan.ts'
import { isRolled, liveWorkload, managerOf, putSpec, restarted } from './redeploy.ts'

const PIN = 'sidecar.istio.io/proxyImage'
const REVISION = 'istio.io/rev'
const LOOK_MS = 100
const LOOKS = 300

/**
 * What the owner of a straggler does when it follows the advice: takes the pin away, unpauses, deletes the pods of an
 * OnDelete set, makes the bare pod anew. A workload that needs no such thing is left alone.
 */
export async function mend(kube: KubeServer, plan: WorkloadPlan): Promise<void> {
  if (plan.kind === 'Pod') return remake(kube, plan)
  const live = liveWorkload(kube, plan)
  if (!live || plan.peculiarity === null) return
  const template = restarted(mended(objectAt(live, 'spec', 'template'), plan), kube.now())
  const { paused: _paused, ...spec } = objectAt(live, 'spec')
  putSpec(kube, live, { ...spec, template }, managerOf(plan))
  if (plan.peculiarity === 'onDelete' && isRolled(plan)) await deletePods(kube, live)
}

function mended(template: JsonObject, { peculiarity }: WorkloadPlan): JsonObject {
  const { [PIN]: _pin, ...annotations } = stringsAt(template, 'metadata', 'annotations')
  const { [REVISION]: revision, ...labels } = stringsAt(template, 'metadata', 'labels')
  // Without its label the pod would be in no mesh any more: in a namespace without labels it asks for a sidecar instead.
  const asked =
    peculiarity === 'explicitRevision' && revision !== undefined ? { 'sidecar.istio.io/inject': 'true' } : {}
  return { ...template, metadata: { ...objectAt(template, 'metadata'), annotations, labels: { ...labels, ...asked } } }
}

/** One after the other: the next when as many are ready as before, or after half a minute at the latest. */
async function deletePods(kube: KubeServer, owner: KubeObject): Promise<void> {
  const podsNow = (): KubeObject[] =>
    kube.list('v1', 'Pod', owner.metadata.namespace).filter((pod) => isOwnedBy(pod, owner))
  const before = podsNow()
  const ready = before.filter(isReady).length
  for (const { metadata } of before) {
    kube.remove('v1', 'Pod', metadata.name, metadata.namespace)
    for (let look = 0; look < LOOKS && podsNow().filter(isReady).length < ready; look += 1) await sleep(LOOK_MS)
  }
}

function isOwnedBy(pod: KubeObject, owner: KubeObject): boolean {
  return pod.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false
}

/** Deletes a bare pod and makes it anew through admission, from the manifest that its team kept. */
async function remake(kube: KubeServer, { namespace, name, team }: WorkloadPlan): Promise<void> {
  const live = kube.get('v1', 'Pod', name, namespace)
  if (!live) return
  kube.remove('v1', 'Pod', name, namespace)
  const { app } = stringsAt(live, 'metadata', 'labels')
  const [container] = listAt(live, 'spec', 'containers')
  const labels = { app: app ?? name, ...(team === null ? {} : { team }) }
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec: { containers: [container] } }
  await post(kube, `/api/v1/namespaces/${namespace}/pods?fieldManager=${managerOf({ team })}`, body)
}
