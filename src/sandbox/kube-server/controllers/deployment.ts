import { canonicalJson } from '../../../kernel/hash.ts'
import { ownerReference, templateHash } from '../istio/running-pods.ts'
import type { JsonObject, KubeObject } from '../kube-object.ts'
import { objectAt, stringsAt, valueAt } from '../kube-object.ts'
import type { Controller, Hands } from './controller.ts'
import { MANAGER, find, numberAt, ownAndOwned, putSpec } from './controller.ts'
import { deploymentStatus } from './deployment-status.ts'
import type { SetView, Size } from './rollout.ts'
import { fencesOf, nextSizes, pausedSizes } from './rollout.ts'

const REVISION = 'deployment.kubernetes.io/revision'
const HASH = 'pod-template-hash'

/** Rolls pods by growing the ReplicaSet of the template as it is and shrinking the others. */
export function deploymentController(hands: Hands): Controller {
  return {
    name: 'deployment',
    concerns: ownAndOwned('deployments.apps', 'Deployment', 'replicasets.apps'),
    reconcile: (key) => {
      const deployment = find(hands, 'apps/v1', 'Deployment', key)
      if (deployment) reconcile(hands, deployment)
    },
  }
}

function reconcile(hands: Hands, deployment: KubeObject): void {
  const sets = replicaSetsOf(hands, deployment)
  const paused = valueAt(deployment, 'spec', 'paused') === true
  const known = sets.find((set) => isOfTemplate(set, deployment))
  const current = known ?? (paused ? sets.at(-1) : makeReplicaSet(hands, deployment, sets))
  const old = sets.filter((set) => set.metadata.name !== current?.metadata.name)
  if (current) {
    const marked = paused ? current : withNewestRevision(hands, deployment, current, old)
    for (const size of sizesOf(deployment, marked, old, paused)) resize(hands, deployment, size)
    if (!paused) forgetOldest(hands, deployment, old)
  }
  hands.kube.putStatus({ ...deployment, status: statusNow(hands, deployment, current?.metadata.name) }, MANAGER)
}

function statusNow(hands: Hands, deployment: KubeObject, current: string | undefined): JsonObject {
  const live = hands.kube.get('apps/v1', 'Deployment', deployment.metadata.name, deployment.metadata.namespace)
  const sets = replicaSetsOf(hands, deployment)
  const now = sets.find((set) => set.metadata.name === current && isOfTemplate(set, deployment))
  return deploymentStatus(live ?? deployment, now, sets, hands.kube.now())
}

/** The Deployment's own ReplicaSets, oldest first. */
function replicaSetsOf({ kube }: Hands, deployment: KubeObject): KubeObject[] {
  const owned = kube.owned(deployment.metadata.uid ?? '').filter((object) => object.kind === 'ReplicaSet')
  return owned.sort((a, b) => revisionOf(a) - revisionOf(b) || (madeAt(a) < madeAt(b) ? -1 : 1))
}

function madeAt(object: KubeObject): string {
  return `${object.metadata.creationTimestamp} ${object.metadata.name}`
}

function revisionOf(set: KubeObject): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0)
}

function sizesOf(deployment: KubeObject, current: KubeObject, old: readonly KubeObject[], paused: boolean) {
  const view = {
    desired: numberAt(deployment, 1, 'spec', 'replicas'),
    strategy: valueAt(deployment, 'spec', 'strategy'),
    current: viewOf(current),
    old: old.map(viewOf),
  }
  return paused ? pausedSizes(view) : nextSizes(view)
}

function viewOf(set: KubeObject): SetView {
  return {
    name: set.metadata.name,
    wanted: numberAt(set, 1, 'spec', 'replicas'),
    available: numberAt(set, 0, 'status', 'availableReplicas'),
  }
}

function resize(hands: Hands, deployment: KubeObject, { name, replicas }: Size): void {
  const set = hands.kube.get('apps/v1', 'ReplicaSet', name, deployment.metadata.namespace)
  if (set) putSpec(hands, { ...set, spec: { ...objectAt(set, 'spec'), replicas } })
}

function makeReplicaSet(hands: Hands, deployment: KubeObject, sets: readonly KubeObject[]): KubeObject {
  const template = objectAt(deployment, 'spec', 'template')
  const hash = templateHash(template)
  const { name, namespace = '' } = deployment.metadata
  const labels = { ...stringsAt(template, 'metadata', 'labels'), [HASH]: hash }
  const desired = numberAt(deployment, 1, 'spec', 'replicas')
  const selector = objectAt(deployment, 'spec', 'selector')
  return hands.kube.put(
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels,
        annotations: {
          'deployment.kubernetes.io/desired-replicas': String(desired),
          'deployment.kubernetes.io/max-replicas': String(
            desired + fencesOf(valueAt(deployment, 'spec', 'strategy'), desired).surge,
          ),
          [REVISION]: String(newestRevision(sets) + 1),
        },
        ownerReferences: [ownerReference(deployment)],
      },
      spec: {
        replicas: 0,
        selector: { ...selector, matchLabels: { ...stringsAt(selector, 'matchLabels'), [HASH]: hash } },
        template: { ...template, metadata: { ...objectAt(template, 'metadata'), labels } },
      },
    },
    MANAGER,
  )
}

function newestRevision(sets: readonly KubeObject[]): number {
  return sets.reduce((newest, set) => Math.max(newest, revisionOf(set)), 0)
}

/** A template that comes back takes its old ReplicaSet, which then counts as the newest; the Deployment says so too. */
function withNewestRevision(
  hands: Hands,
  deployment: KubeObject,
  current: KubeObject,
  old: readonly KubeObject[],
): KubeObject {
  const revision = String(Math.max(revisionOf(current), newestRevision(old) + 1))
  const set = current.metadata.annotations?.[REVISION] === revision ? current : annotated(hands, current, revision)
  if (deployment.metadata.annotations?.[REVISION] !== revision) annotated(hands, deployment, revision)
  return set
}

function annotated(hands: Hands, object: KubeObject, revision: string): KubeObject {
  const annotations = { ...object.metadata.annotations, [REVISION]: revision }
  return putSpec(hands, { ...object, metadata: { ...object.metadata, annotations } })
}

/** ReplicaSets without pods are the history that `rollout undo` needs; the oldest beyond the limit go. */
function forgetOldest({ kube }: Hands, deployment: KubeObject, old: readonly KubeObject[]): void {
  const empty = old.filter((set) => viewOf(set).wanted === 0 && numberAt(set, 0, 'status', 'replicas') === 0)
  const limit = numberAt(deployment, 10, 'spec', 'revisionHistoryLimit')
  for (const { metadata } of empty.slice(0, Math.max(0, empty.length - limit))) {
    kube.remove('apps/v1', 'ReplicaSet', metadata.name, metadata.namespace)
  }
}

function isOfTemplate(set: KubeObject, deployment: KubeObject): boolean {
  return textOf(objectAt(set, 'spec', 'template')) === textOf(objectAt(deployment, 'spec', 'template'))
}

/** Templates never change in place, so each is written out only once. */
const texts = new WeakMap<object, string>()

/** A template without its hash label, in a form that can be compared. */
function textOf(template: JsonObject): string {
  const known = texts.get(template)
  if (known !== undefined) return known
  const { [HASH]: _hash, ...labels } = stringsAt(template, 'metadata', 'labels')
  const text = canonicalJson({ ...template, metadata: { ...objectAt(template, 'metadata'), labels } })
  texts.set(template, text)
  return text
}
