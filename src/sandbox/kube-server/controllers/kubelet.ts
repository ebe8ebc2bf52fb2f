import { isReady } from '../istiod.ts'
import type { KubeObject } from '../kube-object.ts'
import { textAt, valueAt } from '../kube-object.ts'
import type { Controller, Hands } from './controller.ts'
import { find, keyOf } from './controller.ts'
import { runningStatus, succeededStatus, unschedulableStatus } from './pod-status.ts'

const KUBELET = 'kubelet'

/** Puts each pod on a Node and runs it: Pending, Running, Ready after its time; one that ends by itself, Succeeded. */
export function kubelet(hands: Hands): Controller {
  const homeless = new Set<string>()
  const nextNode = spread(hands)
  const nextAddress = addresses()
  const reconcile = (key: string): void => {
    const pod = find(hands, 'v1', 'Pod', key)
    homeless.delete(key)
    if (!pod || textAt(pod, 'status', 'phase') !== 'Pending') return
    const node = textAt(pod, 'spec', 'nodeName') ?? nextNode()
    if (node === undefined) {
      homeless.add(key)
      hands.kube.putStatus({ ...pod, status: unschedulableStatus(hands.kube.now()) }, 'kube-scheduler')
      return
    }
    const bound = valueAt(pod, 'spec', 'nodeName') === node ? pod : hands.kube.bind(pod, node)
    start(hands, bound, nextAddress())
  }
  return {
    name: 'kubelet',
    concerns: ({ resource, type, object }) => {
      if (resource === 'nodes') return type === 'DELETED' ? [] : [...homeless]
      return resource === 'pods' && type === 'ADDED' ? [keyOf(object)] : []
    },
    reconcile,
  }
}

function start(hands: Hands, pod: KubeObject, podIP: string): void {
  const { kube, work } = hands
  const after = hands.readyMs(pod)
  const status = runningStatus(pod, { podIP, ready: after <= 0, now: kube.now() })
  kube.putStatus({ ...pod, status }, KUBELET)
  const key = `pod ${pod.metadata.uid}`
  if (after > 0 && Number.isFinite(after)) work.later(`${key} ready`, after, true, () => becomeReady(hands, pod))
  if ((textAt(pod, 'spec', 'restartPolicy') ?? 'Always') === 'Always') return
  work.later(`${key} ends`, Math.max(hands.jobMs(pod), after), true, () => end(hands, pod))
}

function becomeReady(hands: Hands, pod: KubeObject): void {
  const live = same(hands, pod)
  if (!live || isReady(live) || textAt(live, 'status', 'phase') !== 'Running') return
  const status = runningStatus(live, { podIP: addressOf(live), ready: true, now: hands.kube.now() })
  hands.kube.putStatus({ ...live, status }, KUBELET)
}

function end(hands: Hands, pod: KubeObject): void {
  const live = same(hands, pod)
  if (!live) return
  const status = succeededStatus(live, addressOf(live), hands.kube.now())
  hands.kube.putStatus({ ...live, status }, KUBELET)
}

/** The pod as it is now; a StatefulSet's next pod of this name is another one. */
function same(hands: Hands, pod: KubeObject): KubeObject | undefined {
  const live = find(hands, 'v1', 'Pod', keyOf(pod))
  return live?.metadata.uid === pod.metadata.uid ? live : undefined
}

function addressOf(pod: KubeObject): string {
  return textAt(pod, 'status', 'podIP') ?? ''
}

/** Nodes in turn; cordoned ones get nothing. */
function spread({ kube }: Hands): () => string | undefined {
  let turn = 0
  return () => {
    const open = kube.list('v1', 'Node').filter((node) => valueAt(node, 'spec', 'unschedulable') !== true)
    turn += 1
    return open[turn % open.length]?.metadata.name
  }
}

/** Pod addresses that no seed gives out, each used again only after half a million others. */
function addresses(): () => string {
  let given = 0
  return () => {
    given += 1
    const [third, last] = [Math.floor(given / 254) % 256, (given % 254) + 1]
    return `10.${Math.floor(given / (254 * 256)) % 8}.${third}.${last}`
  }
}
