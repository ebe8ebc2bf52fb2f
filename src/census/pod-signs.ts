import type { ContainerStatus, Pod } from '../istio/objects.ts'
import { readStatusAnnotation } from '../istio/status-annotation.ts'
import { epochOf } from '../kernel/clock.ts'

/** What of a pod fails: the sidecar with its init containers, a container of the app, or the pod before any of them. */
type Part = 'proxy' | 'app' | 'pod'

/**
 * How: `crashes` (ended with an error), `unready` (runs and is not ready), `unstartable` (no image, no settings for it), `waits`
 * (not placed on a node, or its containers are not begun).
 */
export type Sign = {
  readonly part: Part
  /** Empty of a pod as a whole. */
  readonly container: string
  readonly how: 'crashes' | 'unready' | 'unstartable' | 'waits'
  /** Kubernetes' own word, where it has one. */
  readonly reason: string
}

export const PROXY = 'istio-proxy'
const INJECTED: readonly string[] = [PROXY, 'istio-init', 'istio-validation', 'enable-core-dump']

/** An error that a container ended with longer ago than this says nothing of now. */
const RECENT_MS = 3_600_000
/** So long a new pod may take to become ready, before that is a sign. */
const STARTS_WITHIN_MS = 120_000

/** Reasons for which a container is not begun that lie in its own image and settings: a sidecar beside it changes neither. */
const UNSTARTABLE: readonly string[] = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'CreateContainerConfigError',
]
/** It waits for others: not a failure of its own. */
const ON_ITS_WAY: readonly string[] = ['PodInitializing', 'ContainerCreating']

/** Everything that fails in a pod, each container once; a pod that still starts has none. */
export function signsOf(pod: Pod, nowMs: number): readonly Sign[] {
  const isYoung = startsStill(pod, nowMs)
  const { initContainerStatuses: inits = [], containerStatuses: mains = [] } = pod.status ?? {}
  const injected = injectedIn(pod)
  const init = inits.flatMap((one) => initSign(one, isNative(pod, one), injected, isYoung, nowMs) ?? [])
  const main = mains.flatMap((one) => signOf(one, injected, isYoung, nowMs) ?? [])
  const signs = [...init, ...main]
  if (signs.length > 0 || isYoung) return signs
  return waitsOf(pod)
}

/** Not ready, and made so lately that this says nothing yet. */
export function startsStill(pod: Pod, nowMs: number): boolean {
  const made = pod.metadata.creationTimestamp
  return !isReady(pod) && made !== undefined && nowMs - epochOf(made) < STARTS_WITHIN_MS
}

export function isReady(pod: Pod): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True'
}

function conditionOf(pod: Pod, type: string) {
  return pod.status?.conditions?.find((one) => one.type === type)
}

function injectedIn(pod: Pod): ReadonlySet<string> {
  const status = readStatusAnnotation(pod.metadata.annotations?.['sidecar.istio.io/status'])
  return new Set([...INJECTED, ...(status?.containers ?? []), ...(status?.initContainers ?? [])])
}

function isNative(pod: Pod, { name }: ContainerStatus): boolean {
  return pod.spec?.initContainers?.find((one) => one.name === name)?.restartPolicy === 'Always'
}

/** An init container that came to its end is never ready again, and need not be; a native sidecar must stay so. */
function initSign(
  status: ContainerStatus,
  native: boolean,
  injected: ReadonlySet<string>,
  isYoung: boolean,
  nowMs: number,
): Sign | null {
  const sign = signOf(status, injected, isYoung, nowMs)
  return native || sign?.how !== 'unready' ? sign : null
}

function signOf(status: ContainerStatus, injected: ReadonlySet<string>, isYoung: boolean, nowMs: number): Sign | null {
  const container = status.name ?? ''
  const failure = failureOf(status, isYoung, nowMs)
  return failure && { part: injected.has(container) ? 'proxy' : 'app', container, ...failure }
}

type Failure = Pick<Sign, 'how' | 'reason'>

function failureOf(status: ContainerStatus, isYoung: boolean, nowMs: number): Failure | null {
  return failsNow(status) ?? failedLately(status, nowMs) ?? (isYoung ? null : unready(status))
}

function failsNow({ state }: ContainerStatus): Failure | null {
  if (state?.terminated) return endedBadly(state.terminated)
  const reason = state?.waiting?.reason ?? ''
  return state?.waiting && !ON_ITS_WAY.includes(reason) ? notBegun(reason) : null
}

function unready({ state, ready }: ContainerStatus): Failure | null {
  return state?.running && ready !== true ? { how: 'unready', reason: '' } : null
}

function notBegun(reason: string): Failure {
  return { how: UNSTARTABLE.includes(reason) ? 'unstartable' : 'crashes', reason }
}

type Ended = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>

function endedBadly({ exitCode, reason = '' }: Ended): Failure | null {
  return exitCode === 0 ? null : { how: 'crashes', reason }
}

function failedLately({ lastState }: ContainerStatus, nowMs: number): Failure | null {
  const before = lastState?.terminated
  if (!before?.finishedAt || nowMs - epochOf(before.finishedAt) >= RECENT_MS) return null
  return endedBadly(before)
}

/** Nothing of it fails and nothing of it is ready: it has no node, or its volumes or its network are not there. */
function waitsOf(pod: Pod): readonly Sign[] {
  if (isReady(pod)) return []
  const placed = conditionOf(pod, 'PodScheduled')
  const reason = placed?.status === 'False' ? (placed.reason ?? '') : ''
  return [{ part: 'pod', container: '', how: 'waits', reason }]
}
