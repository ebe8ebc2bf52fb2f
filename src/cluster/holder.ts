import { epochOf, isoOf } from '../kernel/clock.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { Cluster } from '../ports/cluster.ts'
import type { Holder } from '../wire/run.ts'
import { ownPod } from './kube-config.ts'
import { bootIdentity, startTicksOf } from './process-start.ts'

type Env = Readonly<Record<string, string | undefined>>
type ReadPod = Pick<Cluster, 'get'>

/** How long after its deadline a holder may still be killing its child (SIGTERM, then SIGKILL). */
const KILL_GRACE_MS = 15_000

/**
 * This process as the journal names it (design.md §3). Asks the API once for its own container's id, where it runs in a
 * pod (POD_NAME, POD_NAMESPACE, CONTAINER_NAME); throws the cluster's errors.
 */
export async function holderOfThisProcess(id: string, cluster: ReadPod, env: Env): Promise<(ms: number) => Holder> {
  const named = ownPod(env)
  const containerId = named ? await ownContainer(cluster, named, env['CONTAINER_NAME']) : null
  const self = {
    id,
    bootId: bootIdentity(),
    pid: process.pid,
    startTicks: startTicksOf(process.pid) ?? '',
    ...(named && containerId ? { pod: { ...named, containerId } } : {}),
  }
  return (deadlineMs) => ({ ...self, deadline: isoOf(deadlineMs) })
}

/**
 * Whether a holder can still act. `gone` is only said on proof: its container is no longer the one that runs, or, on this
 * very host and in this pid namespace, neither it nor its child runs; or its deadline has passed by the time that ending a
 * child takes. When a process asks about itself it is judged by its child: it knows itself what it is doing. A child of this
 * host that outlived both its parent and its deadline is ended here, since nobody else will; until then it counts as alive.
 */
export async function holderGone(
  holder: Holder,
  cluster: ReadPod,
  nowMs: number,
): Promise<'gone' | 'alive' | 'unknown'> {
  const isOver = nowMs > epochOf(holder.deadline) + KILL_GRACE_MS
  const isHere = holder.bootId !== '' && holder.bootId === bootIdentity()
  if (isHere && isOver && endOrphan(holder)) return 'alive'
  if (isOver) return 'gone'
  if (isHere) return goneHere(holder) ? 'gone' : 'alive'
  return holder.pod ? goneInItsPod(holder.pod, cluster) : 'unknown'
}

async function goneInItsPod(
  { namespace, name, containerId }: NonNullable<Holder['pod']>,
  cluster: ReadPod,
): Promise<'gone' | 'alive' | 'unknown'> {
  try {
    const pod = await cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace, name })
    return pod && runningContainers(pod).includes(containerId) ? 'alive' : 'gone'
  } catch {
    return 'unknown'
  }
}

/** True while the child runs; it is told to go by SIGKILL, with its whole group. */
function endOrphan({ child }: Holder): boolean {
  if (!child || child.startTicks === '' || !runs(child.pid, child.startTicks)) return false
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Gone in this moment, or not ours to end: the next look tells.
  }
  return true
}

function goneHere({ pid, startTicks, child }: Holder): boolean {
  const isSelf = pid === process.pid && startTicks === startTicksOf(process.pid)
  const parentRuns = !isSelf && runs(pid, startTicks)
  return !parentRuns && !(child && runs(child.pid, child.startTicks))
}

function runs(pid: number, startTicks: string): boolean {
  const found = startTicksOf(pid)
  return found !== null && (startTicks === '' || found === startTicks)
}

type ContainerStatus = { readonly name: string; readonly containerID?: string; readonly state?: { running?: object } }

function statusesOf(pod: KubeObject): readonly ContainerStatus[] {
  const { status } = pod as KubeObject & { status?: { containerStatuses?: readonly ContainerStatus[] } }
  return status?.containerStatuses ?? []
}

/** A container whose state is not known to have ended may run: a node that is cut off reports nothing new. */
function runningContainers(pod: KubeObject): readonly string[] {
  return statusesOf(pod).flatMap((one) => (one.state && !one.state.running ? [] : (one.containerID ?? [])))
}

async function ownContainer(
  cluster: ReadPod,
  named: { readonly namespace: string; readonly name: string },
  containerName: string | undefined,
): Promise<string | null> {
  const pod = await cluster.get({ apiVersion: 'v1', kind: 'Pod', ...named })
  const statuses = pod ? statusesOf(pod) : []
  const own = statuses.length === 1 ? statuses[0] : statuses.find((one) => one.name === (containerName ?? 'worker'))
  return own?.containerID ?? null
}
