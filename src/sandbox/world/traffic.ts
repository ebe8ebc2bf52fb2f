import { formatInZone } from '../../kernel/zone.ts'
import type { Traffic } from './mesh-view.ts'
import type { NamespacePlan, WorkloadPlan, WorldPlan } from './plan.ts'
import { isMeshed, keyOf } from './plan.ts'
import type { WorkloadCount } from './pod-counts.ts'

/** Requests a second that one pod serves in the busiest hour. */
const PER_POD = 6
/** What is left of that in the quietest. */
const NIGHT = 0.3
const QUIETEST_HOUR = 3

/** What the model looks at, at one moment. */
export type MeshState = {
  readonly count: (workload: string) => WorkloadCount
  /** Sidecars of this revision can get no certificate any more. */
  readonly isLost: (revision: string) => boolean
}

export type Served = { readonly workload: WorkloadPlan; readonly key: string }

/** The workloads that others call: those of the mesh, without jobs, agents and bare pods. */
export function servedWorkloads({
  workloads,
  namespaces,
}: Pick<WorldPlan, 'workloads' | 'namespaces'>): readonly Served[] {
  const spaces = new Map<string, NamespacePlan>(namespaces.map((one) => [one.name, one]))
  return workloads.flatMap((workload) => {
    const namespace = spaces.get(workload.namespace)
    const serves = (workload.kind === 'Deployment' || workload.kind === 'StatefulSet') && workload.replicas > 0
    return serves && namespace && isMeshed(workload, namespace) ? [{ workload, key: keyOf(workload) }] : []
  })
}

/**
 * Requests among the tenants in this second of the calendar. It is a model, no measurement, since nothing runs in the
 * sandbox's pods: each ready pod is asked so many times a second, more by day than by night of its team's zone. All of
 * a workload's requests fail while none of its pods is ready; and so do those to a pod that has no sidecar, as the mesh
 * speaks strict mTLS, or whose sidecar's control plane is lost.
 */
export function trafficNow(
  served: readonly Served[],
  state: MeshState,
  now: number,
): Pick<Traffic, 'perSecond' | 'errorsPerSecond'> {
  const busy = new Map<string, number>()
  let perSecond = 0
  let errorsPerSecond = 0
  for (const { workload, key } of served) {
    const { zone, replicas } = workload
    const rate = PER_POD * (busy.get(zone) ?? dayFactor(now, zone))
    busy.set(zone, rate / PER_POD)
    const { ready, failing } = healthOf(state.count(key), state)
    perSecond += rate * (ready === 0 ? replicas : ready)
    errorsPerSecond += rate * (ready === 0 ? replicas : failing)
  }
  return { perSecond: Math.round(perSecond), errorsPerSecond: Math.round(errorsPerSecond * 10) / 10 }
}

/** What an HTTP probe to the shop gets, by the same model: 503 while one of the workloads behind it answers nobody. */
export function shopAnswer(shop: WorldPlan['shop'], state: MeshState): 200 | 503 {
  const answers = shop.every((one) => {
    const { ready, failing } = healthOf(state.count(keyOf(one)), state)
    return ready > failing
  })
  return answers ? 200 : 503
}

function healthOf(count: WorkloadCount, state: MeshState): { readonly ready: number; readonly failing: number } {
  let failing = count.bare
  for (const [revision, pods] of count.byRevision) if (state.isLost(revision)) failing += pods
  return { ready: count.ready, failing }
}

/** 1 in the busiest hour (15:00) of the zone, 0.3 in the quietest. */
export function dayFactor(now: number, zone: string): number {
  const [, hour = '0', minute = '0'] = / (\d\d):(\d\d) /.exec(formatInZone(now, zone)) ?? []
  const since = Number(hour) + Number(minute) / 60 - QUIETEST_HOUR
  return NIGHT + (1 - NIGHT) * (0.5 - 0.5 * Math.cos((2 * Math.PI * since) / 24))
}
