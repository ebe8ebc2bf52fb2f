import { setTimeout as sleep } from 'node:timers/promises'
import type { AddressRange } from './address-range.ts'
import { hasProgramFor, startIstiod } from './istiod.ts'
import type { Istiod, IstiodHost } from './istiod.ts'
import { MERGE_PATCH } from './kube-api.ts'
import type { KubeObject } from './kube-api.ts'
import { nodeFor } from './nodes.ts'
import type { NodeOptions } from './nodes.ts'
import { statusOf } from './pod-status.ts'
import type { PodState } from './pod-status.ts'
import { isIstiod, podPath, revisionOf } from './pod-types.ts'
import type { Pod } from './pod-types.ts'

/** What a test may do to the pods of a mesh. */
export type Kubelet = {
  /** From now on istiods of this revision never become ready (they run); false ends it. */
  readonly breakRevision: (revision: string, broken: boolean) => void
  /** Ends the processes of a revision's istiods. They are restarted like a crashed container, or stay away until revived. */
  readonly killIstiod: (revision: string, stayDead: boolean) => Promise<number>
  readonly reviveIstiod: (revision: string) => void
  /** Addresses of a revision's running istiods. */
  readonly addressesOf: (revision: string) => readonly string[]
  readonly setNodes: (nodes: readonly NodeOptions[]) => void
  readonly stop: () => Promise<void>
}

export type KubeletOptions = {
  readonly host: IstiodHost
  readonly range: AddressRange
  readonly nodes: readonly NodeOptions[]
}

type Entry = {
  pod: Pod
  address?: string
  istiod?: Istiod
  reported?: string
  restarts: number
  finished: boolean
  busy: boolean
  again: boolean
}

const READY_POLL_MS = 150
const RESTART_BACKOFF_MS = 1000
const JOB_RUNS_MS = 2000

/**
 * A stand-in for the kubelets and the scheduler: binds pods, says that ordinary pods run and are ready, runs a real istiod
 * for pods of one, lets pods of Jobs end, and lets deleted pods go at once.
 */
export function startKubelet({ host, range, nodes: firstNodes }: KubeletOptions): Kubelet {
  const { api } = host
  const entries = new Map<string, Entry>()
  const broken = new Set<string>()
  const dead = new Set<string>()
  const stopping = new AbortController()
  let nodes = firstNodes
  let turn = 0

  /** One reconciliation of a pod at a time; a change meanwhile asks for one more. */
  async function wake(entry: Entry): Promise<void> {
    entry.again = true
    if (entry.busy) return
    entry.busy = true
    while (entry.again && !stopping.signal.aborted) {
      entry.again = false
      await reconcile(entry).catch(() => wakeLater(entry, 500))
    }
    entry.busy = false
  }

  function wakeLater(entry: Entry, ms: number): void {
    void sleep(ms, undefined, { signal: stopping.signal, ref: false }).then(
      () => (entries.has(entry.pod.metadata.uid ?? '') ? wake(entry) : undefined),
      () => undefined,
    )
  }

  async function reconcile(entry: Entry): Promise<void> {
    const { pod } = entry
    if (pod.metadata.deletionTimestamp) return letGo(entry)
    if (!pod.spec.nodeName) return bind(pod)
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return
    const state = isIstiod(pod) ? await istiodState(entry) : await ordinaryState(entry)
    await report(entry, state)
  }

  async function bind(pod: Pod): Promise<void> {
    const name = nodeFor(pod, nodes, turn++)
    const target = { apiVersion: 'v1', kind: 'Node', name }
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: pod.metadata.name }, target }
    await api.ask('POST', `${podPath(pod)}/binding`, binding)
  }

  async function letGo(entry: Entry): Promise<void> {
    await end(entry)
    const options = { gracePeriodSeconds: 0, preconditions: { uid: entry.pod.metadata.uid } }
    await api.ask('DELETE', podPath(entry.pod), options)
  }

  async function end(entry: Entry): Promise<void> {
    const { istiod, address } = entry
    delete entry.istiod
    await istiod?.proc.stop('SIGTERM', 2000)
    if (istiod && address) await range.release(address)
  }

  async function ordinaryState(entry: Entry): Promise<PodState> {
    entry.address ??= await range.podAddress(false)
    const ofJob = entry.pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job') ?? false
    if (ofJob && entry.reported === undefined) {
      void sleep(JOB_RUNS_MS, undefined, { signal: stopping.signal, ref: false }).then(
        () => ((entry.finished = true), wake(entry)),
        () => undefined,
      )
    }
    return state(entry, entry.finished ? 'Succeeded' : 'Running', !entry.finished)
  }

  async function istiodState(entry: Entry): Promise<PodState> {
    const revision = revisionOf(entry.pod)
    const image = entry.pod.spec.containers.find(({ name }) => name === 'discovery')?.image ?? ''
    entry.address ??= await range.podAddress(true)
    if (!hasProgramFor(image)) return { ...state(entry, 'Pending', false), waiting: 'ImagePullBackOff' }
    if (!dead.has(revision) && !entry.istiod?.proc.running()) await run(entry)
    const running = entry.istiod?.proc.running() ?? false
    const ready = running && !broken.has(revision) && (await entry.istiod?.ready()) === true
    if (!ready) wakeLater(entry, READY_POLL_MS)
    return state(entry, 'Running', ready)
  }

  async function run(entry: Entry): Promise<void> {
    if (entry.istiod) {
      entry.restarts += 1
      await sleep(RESTART_BACKOFF_MS)
    }
    const istiod = await startIstiod(host, entry.pod, entry.address ?? '')
    entry.istiod = istiod
    void istiod.proc.exited.then(() => wake(entry))
  }

  function state(entry: Entry, phase: PodState['phase'], ready: boolean): PodState {
    const hostAddress = range.apiServers[0]
    return { phase, ready, restarts: entry.restarts, address: entry.address ?? '', hostAddress }
  }

  async function report(entry: Entry, next: PodState): Promise<void> {
    const key = JSON.stringify(next)
    if (entry.reported === key) return
    const status = statusOf(entry.pod, next, `${new Date().toISOString().slice(0, 19)}Z`)
    await api.need('PATCH', `${podPath(entry.pod)}/status`, { status }, MERGE_PATCH)
    entry.reported = key
  }

  function onPod(type: string, pod: Pod): void {
    const uid = pod.metadata.uid ?? ''
    const entry = entries.get(uid)
    if (type === 'DELETED') {
      entries.delete(uid)
      if (entry) void end(entry)
      return
    }
    const known = entry ?? { pod, restarts: 0, finished: false, busy: false, again: false }
    known.pod = pod
    entries.set(uid, known)
    void wake(known)
  }

  /** A kubelet writes changed ConfigMaps into running pods too (in about a minute; here at once). */
  function onConfigMap(_type: string, map: KubeObject): void {
    for (const { pod, istiod } of entries.values()) {
      const mounts = pod.spec.volumes?.some(({ configMap }) => configMap?.name === map.metadata.name)
      if (istiod && mounts && pod.metadata.namespace === map.metadata.namespace)
        void istiod.rewriteVolumes().catch(() => undefined)
    }
  }

  const istiodsOf = (revision: string) =>
    [...entries.values()].filter(({ pod, istiod }) => istiod?.proc.running() && revisionOf(pod) === revision)
  const wakeIstiods = (revision: string) => {
    for (const entry of entries.values())
      if (isIstiod(entry.pod) && revisionOf(entry.pod) === revision) void wake(entry)
  }

  api.follow<Pod>('/api/v1/pods', onPod, stopping.signal)
  api.follow('/api/v1/configmaps', onConfigMap, stopping.signal)

  return {
    breakRevision: (revision, on) => {
      if (on) broken.add(revision)
      else broken.delete(revision)
      wakeIstiods(revision)
    },
    killIstiod: async (revision, stayDead) => {
      if (stayDead) dead.add(revision)
      const found = istiodsOf(revision)
      await Promise.all(found.map(({ istiod }) => istiod?.proc.stop('SIGKILL')))
      return found.length
    },
    reviveIstiod: (revision) => {
      dead.delete(revision)
      wakeIstiods(revision)
    },
    addressesOf: (revision) => istiodsOf(revision).map(({ address }) => address ?? ''),
    setNodes: (next) => {
      nodes = next
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([...entries.values()].map(({ istiod }) => istiod?.proc.stop('SIGKILL')))
    },
  }
}
