import { kubeTime } from '../kube-server/api.ts'
import type { JsonObject, KubeObject } from '../kube-server/kube-object.ts'
import { isJsonObject, listAt, objectAt, stringsAt, textAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import type { WorkloadKind, WorkloadPlan } from './plan.ts'

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'

type Rolled = Extract<WorkloadKind, 'Deployment' | 'StatefulSet' | 'DaemonSet'>

export type Placed = Pick<WorkloadPlan, 'kind' | 'namespace' | 'name' | 'team'>

/** Whose write it is, in managedFields. */
export function managerOf({ team }: Pick<WorkloadPlan, 'team'>): string {
  return team === null ? 'kubectl-rollout' : `team-${team}`
}

export function isRolled(plan: Placed): plan is Placed & { readonly kind: Rolled } {
  return plan.kind === 'Deployment' || plan.kind === 'StatefulSet' || plan.kind === 'DaemonSet'
}

/** The workload as it is stored now; undefined for what has gone, and for what no controller rolls. */
export function liveWorkload(kube: KubeServer, plan: Placed): KubeObject | undefined {
  return isRolled(plan) ? kube.get('apps/v1', plan.kind, plan.name, plan.namespace) : undefined
}

/**
 * One deploy by the workload's own team: `kubectl rollout restart`, or a new image of its own container. False where
 * there is nothing that could be deployed so (bare pods, Jobs, CronJobs, a workload that has gone).
 */
export function redeploy(kube: KubeServer, plan: Placed, how: 'restart' | 'image'): boolean {
  const live = liveWorkload(kube, plan)
  if (!live) return false
  const template = objectAt(live, 'spec', 'template')
  const next = how === 'image' ? withNextImage(template) : restarted(template, kube.now())
  putTemplate(kube, live, next, managerOf(plan))
  return true
}

/** Puts another template into the workload, as its team does. */
function putTemplate(kube: KubeServer, live: KubeObject, template: JsonObject, manager: string): KubeObject {
  return putSpec(kube, live, { ...objectAt(live, 'spec'), template }, manager)
}

export function putSpec(kube: KubeServer, live: KubeObject, spec: JsonObject, manager: string): KubeObject {
  const { status: _status, ...rest } = live
  return kube.put({ ...rest, spec }, manager)
}

/** The template as `kubectl rollout restart` leaves it. */
export function restarted(template: JsonObject, now: number): JsonObject {
  const annotations = { ...stringsAt(template, 'metadata', 'annotations'), [RESTARTED_AT]: kubeTime(now) }
  return { ...template, metadata: { ...objectAt(template, 'metadata'), annotations } }
}

/** `registry.example.com/cart:1.4.0` becomes `…:1.5.0`. */
function withNextImage(template: JsonObject): JsonObject {
  const containers = listAt(template, 'spec', 'containers').map((container, index) => {
    if (index > 0 || !isJsonObject(container)) return container
    return { ...container, image: nextImage(textAt(container, 'image') ?? '') }
  })
  return { ...template, spec: { ...objectAt(template, 'spec'), containers } }
}

export function nextImage(image: string): string {
  return image.replace(
    /:(\d+)\.(\d+)\.\d+$/,
    (_all, major: string, minor: string) => `:${major}.${Number(minor) + 1}.0`,
  )
}

/** Changes the number of pods, as the workload's autoscaler does. False where there is nothing to scale. */
export function scale(kube: KubeServer, plan: Placed, replicas: number): boolean {
  const live = liveWorkload(kube, plan)
  if (!live || plan.kind === 'DaemonSet') return false
  putSpec(kube, live, { ...objectAt(live, 'spec'), replicas }, 'horizontal-pod-autoscaler')
  return true
}
