import { isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { CensusDay } from '../wire/census.ts'
import type { Evidence } from '../wire/evidence.ts'
import type { Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

type Reading = Pick<WorkerContext, 'audit' | 'censusStore' | 'cluster' | 'log'> & {
  readonly settings: Pick<WorkerContext['settings'], 'namespace' | 'istioNamespace'>
}

/** Reads what the evidence of a run is made from. Throws what record, chain and census do; only what tenants' workloads say may be unknown. */
export async function readEvidence(reading: Reading, run: Run, nowMs: number): Promise<Evidence> {
  const [days, tenantWorkloadsWritten] = await Promise.all([daysOf(reading, run, nowMs), countWritten(reading)])
  return reading.audit.evidence({
    run,
    days,
    tenantWorkloadsWritten,
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
 * How many workloads outside Istio's and our own namespace say that we wrote them: the API server notes the writer of each field
 * with the object (managedFields), and all our writes name themselves. Null where they can't be read.
 */
async function countWritten(reading: Reading): Promise<number | null> {
  const { cluster, log } = reading
  const ours = ownNamespaces(reading)
  let written = 0
  try {
    // One kind after the other: a large cluster's managedFields are large.
    for (const kind of KINDS) {
      const all = await cluster.list('apps/v1', kind, { metadataOnly: true })
      written += all.filter((one) => !ours.includes(one.metadata.namespace ?? '') && isWritten(one)).length
    }
    return written
  } catch (error) {
    log.warn('the workloads of tenants could not be read for the evidence', { code: refusalOf(error).code })
    return null
  }
}

function ownNamespaces({ settings }: Reading): readonly string[] {
  return [settings.istioNamespace, settings.namespace]
}

function isWritten({ metadata }: KubeObject): boolean {
  return metadata.managedFields?.some(({ manager }) => manager === MANAGER) ?? false
}
