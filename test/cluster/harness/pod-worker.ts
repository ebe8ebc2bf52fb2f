import { setTimeout as sleep } from 'node:timers/promises'
import type { AddressRange } from './address-range.ts'
import { hasProgramFor, startIstiod } from './istiod.ts'
import type { Istiod, IstiodHost } from './istiod.ts'
import { MERGE_PATCH } from './kube-api.ts'
import { nodeFor } from './nodes.ts'
import type { NodeOptions } from './nodes.ts'
import { statusOf } from './pod-status.ts'
import type { PodState } from './pod-status.ts'
import { isIstiod, podPath, revisionOf } from './pod-types.ts'
import type { Pod } from './pod-types.ts'

/** What the workers of one mesh's pods share. */
export type Ward = {
  readonly host: IstiodHost
  readonly range: AddressRange
  readonly signal: AbortSignal
  /** Revisions whose istiods run but are never ready. */
  readonly broken: Set<string>
  /** Revisions whose istiods are not started again. */
  readonly dead: Set<string>
  nodes: readonly NodeOptions[]
  turn: number
}

/** What the stand-in knows of one pod. */
export type Entry = {
  pod: Pod
  address?: string
  istiod?: Istiod
  /** The last state written, so that equal ones are not written again. */
  reported?: string
  restarts: number
  finished: boolean
  gone: boolean
  busy: boolean
  again: boolean
}

const READY_POLL_MS = 150
const RETRY_MS = 500
const RESTART_BACKOFF_MS = 1000
const JOB_RUNS_MS = 2000

export function entryOf(pod: Pod): Entry {
  return { pod, restarts: 0, finished: false, gone: false, busy: false, again: false }
}

/** Brings a pod to where it should be: one worker at a time, and a change meanwhile asks for one more turn. */
export async function wake(ward: Ward, entry: Entry): Promise<void> {
  entry.again = true
  if (entry.busy) return
  entry.busy = true
  while (entry.again && !ward.signal.aborted && !entry.gone) {
    entry.again = false
    await reconcile(ward, entry).catch(() => wakeLater(ward, entry, RETRY_MS))
  }
  entry.busy = false
}

/** Ends what runs for a pod and gives its address back. */
export async function end(ward: Ward, entry: Entry): Promise<void> {
  const { istiod, address } = entry
  delete entry.istiod
  await istiod?.proc.stop('SIGTERM', 2000)
  if (istiod && address) await ward.range.release(address)
}

function wakeLater(ward: Ward, entry: Entry, ms: number, before: () => void = () => undefined): void {
  void sleep(ms, undefined, { signal: ward.signal, ref: false }).then(
    () => {
      before()
      return wake(ward, entry)
    },
    () => undefined,
  )
}

async function reconcile(ward: Ward, entry: Entry): Promise<void> {
  const { pod } = entry
  if (pod.metadata.deletionTimestamp) return letGo(ward, entry)
  if (!pod.spec.nodeName) return bind(ward, pod)
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return
  const state = isIstiod(pod) ? await istiodState(ward, entry) : await ordinaryState(ward, entry)
  await report(ward, entry, state)
}

async function bind(ward: Ward, pod: Pod): Promise<void> {
  const target = { apiVersion: 'v1', kind: 'Node', name: nodeFor(pod, ward.nodes, ward.turn++) }
  const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: pod.metadata.name }, target }
  await ward.host.api.ask('POST', `${podPath(pod)}/binding`, binding)
}

async function letGo(ward: Ward, entry: Entry): Promise<void> {
  await end(ward, entry)
  const options = { gracePeriodSeconds: 0, preconditions: { uid: entry.pod.metadata.uid } }
  await ward.host.api.ask('DELETE', podPath(entry.pod), options)
}

async function ordinaryState(ward: Ward, entry: Entry): Promise<PodState> {
  entry.address ??= await ward.range.podAddress(false)
  const ofJob = entry.pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job') ?? false
  if (ofJob && entry.reported === undefined) wakeLater(ward, entry, JOB_RUNS_MS, () => (entry.finished = true))
  return stateOf(ward, entry, entry.finished ? 'Succeeded' : 'Running', !entry.finished)
}

async function istiodState(ward: Ward, entry: Entry): Promise<PodState> {
  entry.address ??= await ward.range.podAddress(true)
  if (!hasProgramFor(imageOf(entry.pod)))
    return { ...stateOf(ward, entry, 'Pending', false), waiting: 'ImagePullBackOff' }
  const revision = revisionOf(entry.pod)
  if (!ward.dead.has(revision) && !isRunning(entry)) await run(ward, entry)
  const broken = ward.broken.has(revision)
  const ready = isRunning(entry) && !broken && (await entry.istiod?.ready()) === true
  if (!ready && !broken) wakeLater(ward, entry, READY_POLL_MS)
  return stateOf(ward, entry, 'Running', ready)
}

function imageOf(pod: Pod): string {
  return pod.spec.containers.find(({ name }) => name === 'discovery')?.image ?? ''
}

function isRunning(entry: Entry): boolean {
  return entry.istiod?.proc.running() ?? false
}

async function run(ward: Ward, entry: Entry): Promise<void> {
  if (entry.istiod) {
    entry.restarts += 1
    await sleep(RESTART_BACKOFF_MS)
  }
  const istiod = await startIstiod(ward.host, entry.pod, entry.address ?? '')
  entry.istiod = istiod
  void istiod.proc.exited.then(() => wake(ward, entry))
}

function stateOf(ward: Ward, entry: Entry, phase: PodState['phase'], ready: boolean): PodState {
  const { restarts, address = '' } = entry
  return { phase, ready, restarts, address, hostAddress: ward.range.apiServers[0] }
}

async function report(ward: Ward, entry: Entry, next: PodState): Promise<void> {
  const key = JSON.stringify(next)
  if (entry.reported === key) return
  const status = statusOf(entry.pod, next, `${new Date().toISOString().slice(0, 19)}Z`)
  await ward.host.api.need('PATCH', `${podPath(entry.pod)}/status`, { status }, MERGE_PATCH)
  entry.reported = key
}
