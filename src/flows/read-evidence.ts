import { isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import type { KubeObject } from '../istio/objects.ts'
import { nameOf } from '../restarts/facts-of-workload.ts'
import type { CensusDay } from '../wire/census.ts'
import type { Evidence } from '../wire/evidence.ts'
import type { Run } from '../wire/run.ts'
import { OWNERS_MANAGER } from './keep-restarts.ts'
import type { WorkerContext } from './worker-context.ts'

type Reading = Pick<WorkerContext, 'audit' | 'censusStore' | 'cluster' | 'log'> & {
  readonly settings: Pick<WorkerContext['settings'], 'namespace' | 'istioNamespace'>
}

/** Reads what the evidence of a run is made from. Throws what record, chain and census do; only what tenants' workloads say may be unknown. */
export async function readEvidence(reading: Reading, run: Run, nowMs: number): Promise<Evidence> {
  const [days, written] = await Promise.all([daysOf(reading, run, nowMs), countWritten(reading)])
  return reading.audit.evidence({
    run,
    days,
    tenantWorkloadsWritten: written?.ours ?? null,
    ownersWrote: written?.owners ?? [],
    ownNamespaces: ownNamespaces(reading),
    madeAt: isoOf(nowMs),
  })
}

async function daysOf({ censusStore }: Reading, { requestedAt }: Run, nowMs: number): Promise<readonly CensusDay[]> {
  const [first, last] = [Number(requestedAt.slice(0, 4)), Number(isoOf(nowMs).slice(0, 4))]
  const years = Array.from({ length: last - first + 1 }, (_, i) => `${first + i}`)
  return (await Promise.all(years.map((year) => censusStore.days(year)))).flat()
}

/** What has pods of its own and can be restarted by a write. */
const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const
const MANAGER = 'meshferry'

/**
 * Which workloads outside Istio's and our own namespace say that we wrote them: the API server notes the writer of each field with the
 * object (managedFields), and all our writes name themselves, those that an owner clicked by another name. Null where they can't be read.
 */
async function countWritten(
  reading: Reading,
): Promise<{ readonly ours: number; readonly owners: readonly string[] } | null> {
  const { cluster, log } = reading
  const own = ownNamespaces(reading)
  let ours = 0
  const owners: string[] = []
  try {
    // One kind after the other: a large cluster's managedFields are large.
    for (const kind of KINDS) {
      const all = await cluster.list('apps/v1', kind, { metadataOnly: true })
      const tenants = all.filter((one) => !own.includes(one.metadata.namespace ?? ''))
      ours += tenants.filter((one) => isWrittenBy(one, MANAGER)).length
      owners.push(...tenants.filter((one) => isWrittenBy(one, OWNERS_MANAGER)).map((one) => named(kind, one)))
    }
    return { ours, owners }
  } catch (error) {
    log.warn('the workloads of tenants could not be read for the evidence', { code: refusalOf(error).code })
    return null
  }
}

function named(kind: string, { metadata: { name, namespace = '' } }: KubeObject): string {
  return nameOf({ namespace, kind, name })
}

function ownNamespaces({ settings }: Reading): readonly string[] {
  return [settings.istioNamespace, settings.namespace]
}

function isWrittenBy({ metadata }: KubeObject, name: string): boolean {
  return metadata.managedFields?.some(({ manager }) => manager === name) ?? false
}
