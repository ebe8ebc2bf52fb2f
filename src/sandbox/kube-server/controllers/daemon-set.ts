import { isReady } from '../istiod.ts'
import { templateHash } from '../istio/running-pods.ts'
import type { KubeObject } from '../kube-object.ts'
import { objectAt, stringsAt, textAt } from '../kube-object.ts'
import type { Controller, Hands } from './controller.ts'
import { MANAGER, activePods, find, keyOf, ownAndOwned, readyOf, removePod, withoutZeros } from './controller.ts'
import type { PodMaker } from './make-pod.ts'
import { newPodMaker, podFrom } from './make-pod.ts'
import { isCurrent } from './stateful-set.ts'

/** One pod on each Node that the template's nodeSelector lets in; cordoned ones too, as DaemonSet pods tolerate that. */
export function daemonSetController(hands: Hands): Controller {
  const pods = newPodMaker(hands, 'daemonset-controller', (owner) => look(keyOf(owner)))
  const own = ownAndOwned('daemonsets.apps', 'DaemonSet', 'pods')
  const look = (key: string): void => {
    const set = find(hands, 'apps/v1', 'DaemonSet', key)
    if (set) reconcile(hands, pods, set)
  }
  return {
    name: 'daemonset',
    concerns: (event) => {
      if (event.resource !== 'nodes') return own(event)
      return event.type === 'MODIFIED' ? [] : hands.kube.list('apps/v1', 'DaemonSet').map(keyOf)
    },
    reconcile: look,
  }
}

function reconcile(hands: Hands, pods: PodMaker, set: KubeObject): void {
  const nodes = nodesOf(hands, set)
  const revision = templateHash(objectAt(set, 'spec', 'template'))
  const complete = place(hands, pods, set, nodes, revision)
  if (complete) update(hands, set, revision)
  writeStatus(hands, set, nodes, revision)
}

function nodesOf({ kube }: Hands, set: KubeObject): readonly string[] {
  const wanted = Object.entries(stringsAt(set, 'spec', 'template', 'spec', 'nodeSelector'))
  const fits = (node: KubeObject): boolean => wanted.every(([key, value]) => node.metadata.labels?.[key] === value)
  return kube
    .list('v1', 'Node')
    .filter(fits)
    .map((node) => node.metadata.name)
}

/** True when each Node has its pod and none was missing or too many. */
function place(hands: Hands, pods: PodMaker, set: KubeObject, nodes: readonly string[], revision: string): boolean {
  const free = new Set(nodes)
  let complete = true
  for (const pod of activePods(hands, set)) {
    if (free.delete(textAt(pod, 'spec', 'nodeName') ?? '')) continue
    removePod(hands, pod)
    complete = false
  }
  for (const nodeName of free) {
    complete = false
    const labels = { 'controller-revision-hash': revision, 'pod-template-generation': generationOf(set) }
    pods.make(set, podFrom(set, objectAt(set, 'spec', 'template'), { labels, spec: { nodeName } }))
  }
  return complete
}

/** One pod at a time, and only while all others are ready: maxUnavailable is 1 unless somebody asked for more. */
function update(hands: Hands, set: KubeObject, revision: string): void {
  if (textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return
  const pods = activePods(hands, set)
  const old = pods.filter((pod) => !isCurrent(pod, revision))
  const next = old.find((pod) => !isReady(pod)) ?? old[0]
  if (next && (!isReady(next) || pods.every(isReady))) removePod(hands, next)
}

function writeStatus(hands: Hands, set: KubeObject, nodes: readonly string[], revision: string): void {
  const pods = activePods(hands, set)
  const ready = readyOf(pods)
  const status = {
    ...withoutZeros({
      observedGeneration: set.metadata.generation,
      updatedNumberScheduled: pods.filter((pod) => isCurrent(pod, revision)).length,
      numberAvailable: ready,
      numberUnavailable: Math.max(0, nodes.length - ready),
    }),
    currentNumberScheduled: pods.length,
    desiredNumberScheduled: nodes.length,
    numberMisscheduled: 0,
    numberReady: ready,
  }
  hands.kube.putStatus({ ...set, status }, MANAGER)
}

function generationOf(set: KubeObject): string {
  return String(set.metadata.generation ?? 1)
}
