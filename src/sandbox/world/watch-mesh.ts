import type { SandboxCalendar } from '../clock/calendar.ts'
import type { StoreEvent } from '../kube-server/history.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { controlPlaneOf, newLosses } from './control-planes.ts'
import type { Curve } from './curve.ts'
import { withPoint } from './curve.ts'
import { givesWay } from './gives-way.ts'
import type { ControlPlaneView, MeshView, TeamView } from './mesh-view.ts'
import { watchNewPods } from './new-pods.ts'
import { newOurActs } from './our-acts.ts'
import type { WorldPlan } from './plan.ts'
import type { PodCounts } from './pod-counts.ts'
import { newPodCounts } from './pod-counts.ts'
import type { MeshState } from './traffic.ts'
import { servedWorkloads, shopAnswer, trafficNow } from './traffic.ts'

const ISTIO_NAMESPACE = 'istio-system'
/** How teams' view names what nobody owns. */
const NOBODY = 'unowned'
/** Errors are summed up at each write, though not more often than this (calendar ms). */
const SUM_EVERY_MS = 1000

/** What of a plan one must know to look at its cluster. */
export type WatchedPlan = Pick<WorldPlan, 'namespaces' | 'workloads' | 'shop'>

export type MeshWatch = {
  /** The mesh as it is; cheap enough to be asked several times a second. */
  readonly view: () => MeshView
  /** What an HTTP probe to the shop would get now, by the model of traffic.ts. */
  readonly shopHealth: () => 200 | 503
  /** Resolves when `newPods` answers for the objects as they are. */
  readonly settled: () => Promise<void>
  readonly stop: () => void
}

/**
 * Looks at the cluster by its store and never asks Meshferry. `user` is Meshferry's account in this cluster, whose
 * requests are counted in the API server's own log. What happened before the start is not counted.
 */
export function watchMesh(kube: KubeServer, plan: WatchedPlan, calendar: SandboxCalendar, user: string): MeshWatch {
  const namespaces = new Set(plan.namespaces.map(({ name }) => name))
  const counts = newPodCounts(kube.list('v1', 'Pod'), namespaces, (pod) => givesWay(kube, pod))
  const newPods = watchNewPods(kube, namespaces, ISTIO_NAMESPACE)
  const ours = newOurActs(kube.log, user, namespaces)
  const planes = watchPlanes(kube, calendar)
  const state: MeshState = {
    count: counts.workload,
    isLost: (revision) => planes.isLost(revision, calendar.now()),
  }
  const traffic = newErrorSum(plan, state, calendar)
  let curve: Curve = []
  const end = kube.listen((event) => {
    traffic.sumUp(SUM_EVERY_MS)
    counts.note(event)
    planes.note(event)
    newPods.note(event)
  })
  return {
    view: () => {
      const point = { at: calendar.now(), byVersion: counts.byVersion() }
      curve = withPoint(curve, point)
      const acts = ours()
      return {
        newPods: newPods.now(),
        byVersion: point.byVersion,
        curve: curve.at(-1) === point ? curve : [...curve, point],
        controlPlanes: planes.now().map((plane) => ({ ...plane, proxies: counts.proxies(plane.revision) })),
        traffic: traffic.sumUp(0),
        restartedByUs: acts.pods + acts.workloads,
        replacedByTeams: counts.rolled(),
        teams: teamsOf(plan, counts),
      }
    },
    shopHealth: () => shopAnswer(plan.shop, state),
    settled: newPods.settled,
    stop: () => {
      end()
      newPods.stop()
    },
  }
}

/** The control planes that are there, read anew after a write to one of them. */
function watchPlanes(kube: KubeServer, calendar: SandboxCalendar) {
  const losses = newLosses(calendar.now())
  let planes: readonly ControlPlaneView[] = []
  const read = (): void => {
    const deployments = kube.list('apps/v1', 'Deployment', ISTIO_NAMESPACE)
    planes = deployments.flatMap((deployment) => controlPlaneOf(deployment, () => 0) ?? [])
    losses.note(planes, calendar.now())
  }
  read()
  return {
    now: () => planes,
    isLost: losses.isLost,
    note: ({ resource, object }: StoreEvent): void => {
      if (resource === 'deployments.apps' && object.metadata.namespace === ISTIO_NAMESPACE) read()
    },
  }
}

/** Errors per second of the calendar, summed over the time that each state of the mesh lasted. */
function newErrorSum(plan: WatchedPlan, state: MeshState, calendar: SandboxCalendar) {
  const served = servedWorkloads(plan)
  let since = calendar.now()
  let errorsInAll = 0
  return {
    sumUp: (everyMs: number): MeshView['traffic'] => {
      const now = calendar.now()
      if (everyMs > 0 && now - since < everyMs) return { perSecond: 0, errorsPerSecond: 0, errorsInAll }
      const current = trafficNow(served, state, now)
      errorsInAll += (current.errorsPerSecond * (now - since)) / 1000
      since = now
      return { ...current, errorsInAll: Math.round(errorsInAll) }
    },
  }
}

function teamsOf({ namespaces }: WatchedPlan, counts: PodCounts): readonly TeamView[] {
  const byTeam = Map.groupBy(namespaces, ({ team }) => team ?? NOBODY)
  return [...byTeam].map(([name, own]) => {
    const byVersion: Record<string, number> = {}
    for (const namespace of own) {
      for (const [version, pods] of Object.entries(counts.byNamespace(namespace.name))) {
        byVersion[version] = (byVersion[version] ?? 0) + pods
      }
    }
    return { name, pods: Object.values(byVersion).reduce((sum, pods) => sum + pods, 0), byVersion }
  })
}
