import type { Facts } from '../kernel/errors.ts'
import type { KubeObject, LabelSelector } from '../istio/objects.ts'
import { matchesSelector } from '../istio/selectors.ts'
import type { WorkloadRef } from '../wire/restarts.ts'
import { readyOf, strategyOf, wantedOf, type RolledObject } from './rollout.ts'
import { shapeOf } from './shape.ts'

type Budget = KubeObject & {
  readonly spec?: { readonly selector?: LabelSelector }
  readonly status?: { readonly disruptionsAllowed?: number }
}

/**
 * What somebody must see before they restart a workload. `allows` is how many of its pods may be missing by its disruption budgets
 * just now, absent where none takes it in or they can't be read (then `budgetUnknown`). `gap`: for a while no pod of it runs.
 */
export function shownOf(workload: WorkloadRef, object: RolledObject, budgets: readonly KubeObject[] | null): Facts {
  const { uid = '' } = object.metadata
  const replicas = wantedOf(object)
  const strategy = strategyOf(object)
  const allows = budgets ? allowedBy(budgets as readonly Budget[], object) : null
  return {
    workload: nameOf(workload),
    uid,
    shape: shapeOf(object),
    replicas,
    ready: readyOf(object),
    strategy,
    ...(allows === null ? {} : { allows }),
    ...(budgets ? {} : { budgetUnknown: true }),
    ...(hasGap(object, replicas, strategy) ? { gap: true } : {}),
  }
}

/** `namespace/kind/name`. */
export function nameOf({ namespace, kind, name }: WorkloadRef): string {
  return `${namespace}/${kind}/${name}`
}

/** Recreate ends every pod before it makes one; a single pod has no other that serves meanwhile. A DaemonSet has one on each node. */
function hasGap({ kind }: RolledObject, replicas: number, strategy: string): boolean {
  return strategy === 'Recreate' || (kind !== 'DaemonSet' && replicas === 1)
}

function allowedBy(budgets: readonly Budget[], object: RolledObject): number | null {
  const labels = object.spec?.template?.metadata?.labels ?? {}
  const own = budgets.filter(({ spec }) => spec?.selector && matchesSelector(spec.selector, labels) !== 'no')
  return own.length === 0 ? null : Math.min(...own.map(({ status }) => status?.disruptionsAllowed ?? 0))
}
