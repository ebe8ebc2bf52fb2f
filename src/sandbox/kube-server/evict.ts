import type { Api } from './api.ts'
import type { Target } from './api-path.ts'
import { kindNamed } from './create.ts'
import { deleteObject } from './delete.ts'
import { expectedPods } from './expected-pods.ts'
import { isReady } from './istiod.ts'
import type { KubeObject } from './kube-object.ts'
import { isJsonObject, textAt, valueAt } from './kube-object.ts'
import { matchesSelector } from './selectors.ts'
import { StatusError, badRequest, notFound } from './status-error.ts'

/**
 * POST pods/NAME/eviction: deletes the pod unless that would break its PodDisruptionBudget, counted at this moment (the
 * real one's budgets have a status that a controller keeps). Rule and texts: Kubernetes'
 * registry/core/pod/storage/eviction.go.
 */
export function evict(api: Api, target: Target, body: unknown, dryRun: boolean): unknown {
  const named = textAt(body, 'metadata', 'name') ?? ''
  if (named !== '' && named !== target.name) throw badRequest('name in URL does not match name in Eviction object')
  const pod = api.store.read(target.kind, target.namespace, target.name)
  if (!pod) throw notFound(target.kind, target.name)
  if (!isOver(pod)) checkBudgets(api, pod)
  const options = valueAt(body, 'deleteOptions')
  const dry = dryRun || (isJsonObject(options) && Array.isArray(options['dryRun']) && options['dryRun'].includes('All'))
  deleteObject(api, { ...target, subresource: '' }, options ?? {}, dry)
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }
}

/** A pod that doesn't serve yet, or no more, may always go. */
function isOver(pod: KubeObject): boolean {
  return ['Succeeded', 'Failed', 'Pending'].includes(textAt(pod, 'status', 'phase') ?? '')
}

function checkBudgets(api: Api, pod: KubeObject): void {
  const namespace = pod.metadata.namespace ?? ''
  const covers = (budget: KubeObject, one: KubeObject): boolean => {
    const selector = valueAt(budget, 'spec', 'selector')
    return selector !== undefined && matchesSelector(selector, one.metadata.labels ?? {})
  }
  const budgets = api.store.list(kindNamed('PodDisruptionBudget'), namespace).filter((budget) => covers(budget, pod))
  if (budgets.length > 1) {
    const text = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'
    throw new StatusError(500, '', text)
  }
  const [budget] = budgets
  if (!budget) return
  const pods = api.store.list(kindNamed('Pod'), namespace).filter((one) => covers(budget, one) && !isOver(one))
  const healthy = pods.filter(isReady).length
  const wanted = desiredHealthy(budget, expectedPods(api.store, pods))
  if (isReady(pod) ? healthy > wanted : mayGoUnready(budget, healthy, wanted)) return
  throw overBudget(budget.metadata.name, wanted, healthy)
}

function mayGoUnready(budget: KubeObject, healthy: number, wanted: number): boolean {
  return textAt(budget, 'spec', 'unhealthyPodEvictionPolicy') === 'AlwaysAllow' || (healthy >= wanted && healthy > 0)
}

/** Both bounds round up. */
function desiredHealthy(budget: KubeObject, pods: number): number {
  const amount = (value: unknown): number =>
    typeof value === 'string' ? Math.ceil((Number.parseFloat(value) * pods) / 100) : Number(value ?? 0)
  const unavailable = valueAt(budget, 'spec', 'maxUnavailable')
  if (unavailable !== undefined) return Math.max(0, pods - amount(unavailable))
  return amount(valueAt(budget, 'spec', 'minAvailable') ?? 1)
}

function overBudget(name: string, wanted: number, healthy: number): StatusError {
  const message = `The disruption budget ${name} needs ${wanted} healthy pods and has ${healthy} currently`
  const text = "Cannot evict pod as it would violate the pod's disruption budget."
  return new StatusError(429, 'TooManyRequests', text, { causes: [{ reason: 'DisruptionBudget', message }] })
}
