import type { AddressRange } from './address-range.ts'
import type { IstiodHost } from './istiod.ts'
import type { KubeObject } from './kube-api.ts'
import type { NodeOptions } from './nodes.ts'
import { isIstiod, revisionOf } from './pod-types.ts'
import type { Pod } from './pod-types.ts'
import { end, entryOf, wake } from './pod-worker.ts'
import type { Entry, Ward } from './pod-worker.ts'

/** What a test may do to the pods of a mesh. */
export type Kubelet = IstiodControls & {
  readonly setNodes: (nodes: readonly NodeOptions[]) => void
  readonly stop: () => Promise<void>
}

type IstiodControls = {
  /** From now on istiods of this revision never become ready (they run); false ends it. */
  readonly breakRevision: (revision: string, broken: boolean) => void
  /**
   * SIGKILLs the processes of a revision's istiods and says how many. They are restarted like a crashed container, or stay
   * away until revived.
   */
  readonly killIstiod: (revision: string, stayDead: boolean) => Promise<number>
  readonly reviveIstiod: (revision: string) => void
  /** Addresses of a revision's running istiods (XDS on 15010, metrics on 15014). */
  readonly addressesOf: (revision: string) => readonly string[]
}

export type KubeletOptions = {
  readonly host: IstiodHost
  readonly range: AddressRange
  readonly nodes: readonly NodeOptions[]
}

type Entries = Map<string, Entry>

/**
 * A stand-in for the kubelets and the scheduler: binds pods, says that ordinary pods run and are ready, runs a real istiod
 * for pods of one, lets pods of Jobs end, and lets deleted pods go at once.
 */
export function startKubelet({ host, range, nodes }: KubeletOptions): Kubelet {
  const stopping = new AbortController()
  const { signal } = stopping
  const ward: Ward = { host, range, signal, nodes, broken: new Set(), dead: new Set(), turn: 0 }
  const entries: Entries = new Map()
  host.api.follow<Pod>('/api/v1/pods', (type, pod) => onPod(ward, entries, type, pod), signal)
  host.api.follow('/api/v1/configmaps', (_type, map) => onConfigMap(entries, map), signal)
  return {
    ...controls(ward, entries),
    setNodes: (next) => {
      ward.nodes = next
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([...entries.values()].flatMap(({ istiod }) => istiod?.proc.stop('SIGKILL') ?? []))
    },
  }
}

function onPod(ward: Ward, entries: Entries, type: string, pod: Pod): void {
  const uid = pod.metadata.uid ?? ''
  const entry = entries.get(uid) ?? entryOf(pod)
  entry.pod = pod
  if (type !== 'DELETED') {
    entries.set(uid, entry)
    void wake(ward, entry)
    return
  }
  entry.gone = true
  entries.delete(uid)
  void end(ward, entry)
}

/** A kubelet writes changed ConfigMaps into running pods too (in about a minute; here at once). */
function onConfigMap(entries: Entries, map: KubeObject): void {
  for (const { pod, istiod } of entries.values()) {
    const mounts = pod.spec.volumes?.some(({ configMap }) => configMap?.name === map.metadata.name)
    if (!istiod || !mounts || pod.metadata.namespace !== map.metadata.namespace) continue
    void istiod.rewriteVolumes().catch(() => undefined)
  }
}

function controls(ward: Ward, entries: Entries): IstiodControls {
  const istiodsOf = (revision: string) =>
    [...entries.values()].filter(({ pod }) => isIstiod(pod) && revisionOf(pod) === revision)
  const runningOf = (revision: string) => istiodsOf(revision).filter(({ istiod }) => istiod?.proc.running())
  const wakeAll = (revision: string) => {
    for (const entry of istiodsOf(revision)) void wake(ward, entry)
  }
  return {
    breakRevision: (revision, broken) => {
      if (broken) ward.broken.add(revision)
      else ward.broken.delete(revision)
      wakeAll(revision)
    },
    killIstiod: async (revision, stayDead) => {
      if (stayDead) ward.dead.add(revision)
      const running = runningOf(revision)
      await Promise.all(running.flatMap(({ istiod }) => istiod?.proc.stop('SIGKILL') ?? []))
      return running.length
    },
    reviveIstiod: (revision) => {
      ward.dead.delete(revision)
      wakeAll(revision)
    },
    addressesOf: (revision) => runningOf(revision).map(({ address }) => address ?? ''),
  }
}
