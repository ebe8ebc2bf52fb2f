import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { auditWitness } from './audit-witness.ts'
import type { WebhookCall } from './audit-witness.ts'
import { messageOf } from './kube-api.ts'
import type { Answer } from './kube-api.ts'
import type { Mesh } from './mesh.ts'
import type { PodShape } from './mesh-objects.ts'
import type { Pod } from './pod-types.ts'
import { judge } from './probe-verdict.ts'
import type { Verdict, Window } from './probe-verdict.ts'
import { sidecarOf } from './sidecar.ts'

/** One kind of pod that tenants make, and whether it is to get a sidecar. */
export type ProbeClass = {
  readonly name: string
  readonly namespace: string
  readonly shape?: PodShape
  readonly injected: boolean
}

/** One dry-run pod. `refused`: the API said no for a reason that is not the injector's (quota, policy, no server). */
export type Probe = {
  readonly sentAt: number
  readonly class: string
  readonly server: number
  readonly outcome: 'sidecar' | 'none' | 'double' | 'injector-failed' | 'refused'
  readonly revision?: string
  readonly version?: string
  readonly kind?: 'native' | 'ordinary'
  /** Of all that the pod is made of, but for the names that every pod gets anew. */
  readonly form?: string
  readonly auditId?: string
  readonly message?: string
}

export type ProbeLoop = {
  readonly probes: () => readonly Probe[]
  /** What the probes of a span of time say; `faults` is empty when tenants noticed nothing. */
  readonly verdict: (window: Window) => Promise<Verdict>
  /** Resolves when every class has been asked again from now on. */
  readonly round: () => Promise<void>
  readonly stop: () => Promise<void>
}

const EVERY_MS = 200
const WITNESS_WITHIN_MS = 2000

/**
 * Asks every API server for a dry-run pod of every class, five times a second each. Within a class and server one question
 * follows the other, so that the order of the answers is the order in which the cluster changed.
 */
export function startProbeLoop(mesh: Mesh, classes: readonly ProbeClass[], everyMs = EVERY_MS): ProbeLoop {
  const ending = new AbortController()
  const probes: Probe[] = []
  const series = classes.flatMap((kind) => mesh.plane.servers.map((_, server) => ({ kind, server })))
  const loops = series.map(async ({ kind, server }) => {
    while (!ending.signal.aborted) {
      probes.push(await probe(mesh, kind, server))
      await sleep(everyMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })
  const witness = auditWitness(mesh.plane.auditLogs)
  const calls = new Map<string, readonly WebhookCall[]>()
  return {
    probes: () => probes,
    verdict: async (window) => {
      const inside = probes.filter(({ sentAt }) => sentAt >= window.from && sentAt <= window.to)
      await gather(witness, calls, inside)
      const seen = inside.map((one) =>
        isDouble(calls.get(one.auditId ?? ''), window.overlap) ? { ...one, outcome: 'double' as const } : one,
      )
      return judge(seen, classes, window)
    },
    round: async () => {
      const since = Date.now()
      const asked = () =>
        new Set(probes.filter((one) => one.sentAt >= since).map((one) => `${one.class} ${one.server}`))
      await mesh.waitFor('a probe of every class', async () => asked().size === series.length)
    },
    stop: async () => {
      ending.abort()
      await Promise.all(loops)
    },
  }
}

async function probe(mesh: Mesh, kind: ProbeClass, server: number): Promise<Probe> {
  const base = { sentAt: Date.now(), class: kind.name, server }
  try {
    return { ...base, ...read(await mesh.dryRunPod(kind.namespace, kind.shape, server)) }
  } catch (error) {
    return { ...base, outcome: 'refused', message: error instanceof Error ? error.message : String(error) }
  }
}

function read(answer: Answer): Pick<Probe, 'outcome' | 'auditId'> & Partial<Probe> {
  const { auditId } = answer
  if (answer.status >= 300) {
    const message = messageOf(answer)
    const failed = /failed calling webhook "[^"]*sidecar-injector\.istio\.io"/.test(message)
    return { outcome: failed ? 'injector-failed' : 'refused', message, auditId }
  }
  const sidecar = sidecarOf(answer.body as Pod)
  if (sidecar === null) return { outcome: 'none', auditId }
  const { count, revision, version, kind } = sidecar
  const form = formOf(answer.body as Pod)
  return { outcome: count > 1 ? 'double' : 'sidecar', revision, version, kind, form, auditId }
}

function formOf({ metadata, spec }: Pod): string {
  const text = JSON.stringify([metadata.labels, metadata.annotations, spec])
  return hash('sha256', text.replaceAll(/kube-api-access-[a-z0-9]+/g, ''))
}

/** The audit line of a request is written just after its answer. */
async function gather(
  witness: ReturnType<typeof auditWitness>,
  calls: Map<string, readonly WebhookCall[]>,
  probes: readonly Probe[],
): Promise<void> {
  const deadline = Date.now() + WITNESS_WITHIN_MS
  const missing = () => probes.filter(({ auditId }) => auditId && !calls.has(auditId))
  while (missing().length > 0 && Date.now() < deadline) {
    for (const { auditId = '' } of missing()) {
      const found = witness(auditId)
      if (found) calls.set(auditId, found)
    }
    if (missing().length > 0) await sleep(100)
  }
}

/** Two injectors changed one pod, even where the result shows only one sidecar. */
function isDouble(calls: readonly WebhookCall[] = [], overlap: readonly string[] = []): boolean {
  const injectors = calls.filter(({ webhook, mutated }) => mutated && webhook.endsWith('sidecar-injector.istio.io'))
  if (injectors.every(({ configuration }) => overlap.includes(configuration))) return false
  return new Set(injectors.map(({ configuration, webhook }) => `${configuration}/${webhook}`)).size > 1
}
