import type { KubeObject } from '../istio/objects.ts'
import type { Coded } from '../wire/facts.ts'
import type { RolloutCounts } from '../wire/restarts.ts'

type Condition = {
  readonly type?: string
  readonly status?: string
  readonly reason?: string
  readonly message?: string
}
type Strategy = { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } }

/** What is read of a Deployment, StatefulSet or DaemonSet; the API server leaves out what is 0. */
export type RolledObject = KubeObject & {
  readonly spec?: {
    readonly replicas?: number
    readonly paused?: boolean
    readonly strategy?: Strategy
    readonly updateStrategy?: Strategy
    readonly template?: {
      readonly metadata?: {
        readonly labels?: Readonly<Record<string, string>>
        readonly annotations?: Readonly<Record<string, string>>
      }
    }
  }
  readonly status?: {
    readonly observedGeneration?: number
    readonly replicas?: number
    readonly readyReplicas?: number
    readonly updatedReplicas?: number
    readonly availableReplicas?: number
    readonly desiredNumberScheduled?: number
    readonly numberReady?: number
    readonly updatedNumberScheduled?: number
    readonly numberAvailable?: number
    readonly conditions?: readonly Condition[]
  }
}

export function wantedOf({ kind, spec, status }: RolledObject): number {
  return kind === 'DaemonSet' ? (status?.desiredNumberScheduled ?? 0) : (spec?.replicas ?? 1)
}

export function readyOf({ kind, status }: RolledObject): number {
  return (kind === 'DaemonSet' ? status?.numberReady : status?.readyReplicas) ?? 0
}

export function strategyOf({ spec }: RolledObject): string {
  return spec?.strategy?.type ?? spec?.updateStrategy?.type ?? 'RollingUpdate'
}

/** Why a changed template would replace no pod, as the code of the cause; null where it would replace them. */
export function inVain(object: RolledObject): string | null {
  if (object.spec?.paused) return 'ROLLOUT_PAUSED'
  if (strategyOf(object) === 'OnDelete') return 'ON_DELETE'
  if ((object.spec?.updateStrategy?.rollingUpdate?.partition ?? 0) > 0) return 'ROLLOUT_PARTITION'
  return wantedOf(object) === 0 ? 'SCALED_TO_ZERO' : null
}

/** How far a rollout is: `kubectl rollout status` asks the same of each kind. */
export function healthOf(object: RolledObject): {
  /** Null while what the status says is of before. */
  readonly counts: RolloutCounts | null
  readonly end: 'done' | 'going' | Coded
} {
  if (!isSeen(object)) return { counts: null, end: 'going' }
  const counts = countsOf(object)
  return { counts, end: stuckBecause(object) ?? (isWhole(object, counts) ? 'done' : 'going') }
}

/** Has the controller looked at this generation? */
function isSeen({ metadata, status }: RolledObject): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0)
}

function stuckBecause({ status }: RolledObject): Coded | null {
  const stuck = status?.conditions?.find(({ reason }) => reason === 'ProgressDeadlineExceeded')
  return stuck ? { code: 'RESTART_STUCK', facts: { message: (stuck.message ?? '').replace(/\.$/, '') } } : null
}

/** Until the old pods are gone too there are more of them than wanted. */
function isWhole({ kind, status }: RolledObject, { wanted, updated, available }: RolloutCounts): boolean {
  const gone = kind === 'DaemonSet' || (status?.replicas ?? 0) <= wanted
  return updated >= wanted && available >= wanted && gone
}

/** A StatefulSet says nothing of its available pods before Kubernetes 1.22: those that are ready stand for them. */
function countsOf(object: RolledObject): RolloutCounts {
  const { kind, status = {} } = object
  const wanted = wantedOf(object)
  if (kind === 'DaemonSet') {
    return { wanted, updated: status.updatedNumberScheduled ?? 0, available: status.numberAvailable ?? 0 }
  }
  const ready = kind === 'StatefulSet' ? (status.availableReplicas ?? status.readyReplicas) : status.availableReplicas
  return { wanted, updated: status.updatedReplicas ?? 0, available: ready ?? 0 }
}
