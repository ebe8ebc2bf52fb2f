import type { Redis } from 'ioredis'
import type { z } from 'zod'
import { epochOf } from '../kernel/clock.ts'
import type { ReadModelReader, ReadModelWriter } from '../ports/read-model.ts'
import { stragglers } from '../wire/census.ts'
import { clusterStatus, upgradeReport, workerPulse, type WorkerPulse } from '../wire/read-model.ts'
import { renewEpochKey } from './epoch.ts'
import { clusterKey } from './keys.ts'
import { getNewest, putNewest } from './newest-wins.ts'

/** Old news is still news ("last seen Friday"): every text carries its own time, so nothing here decides what is stale. */
const KEPT_MS = 7 * 86_400_000

/** The report of the last upgrade is asked for until the next one. */
const REPORT_KEPT_MS = 400 * 86_400_000

/** A leader that fell silent this much longer than another worker no longer speaks for the cluster. */
const LEADER_FIRST_MS = 30_000

/** The worker's side of its cluster's read model. Errors are ioredis' own: the read model is a cache. */
export function newReadModelWriter(redis: Redis, cluster: string): ReadModelWriter {
  return {
    putStatus: async (status) => {
      await putNewest(redis, clusterKey(cluster, 'status'), epochOf(status.at), JSON.stringify(status), KEPT_MS)
    },
    putStragglers: async (list) => {
      await putNewest(redis, clusterKey(cluster, 'stragglers'), epochOf(list.countedAt), JSON.stringify(list), KEPT_MS)
    },
    putReport: async (report) => {
      await putNewest(redis, clusterKey(cluster, 'report'), epochOf(report.at), JSON.stringify(report), REPORT_KEPT_MS)
    },
    putPulse: async (pulse) => {
      await putNewest(redis, pulseKey(cluster, pulse.leads), epochOf(pulse.at), JSON.stringify(pulse), KEPT_MS)
    },
    renewEpoch: () => renewEpochKey(redis, clusterKey(cluster, 'epoch')),
  }
}

/** The bot's side. What can't be read (a newer version wrote it) is null, like what isn't there. */
export function newReadModelReader(redis: Redis): ReadModelReader {
  return {
    status: async (cluster) => parsed(clusterStatus, await getNewest(redis, clusterKey(cluster, 'status'))),
    stragglers: async (cluster) => parsed(stragglers, await getNewest(redis, clusterKey(cluster, 'stragglers'))),
    report: async (cluster) => parsed(upgradeReport, await getNewest(redis, clusterKey(cluster, 'report'))),
    pulse: async (cluster) => {
      const [leader, standby] = await Promise.all([
        getNewest(redis, pulseKey(cluster, true)),
        getNewest(redis, pulseKey(cluster, false)),
      ])
      return speaker(parsed(workerPulse, leader), parsed(workerPulse, standby))
    },
  }
}

function speaker(leader: WorkerPulse | null, standby: WorkerPulse | null): WorkerPulse | null {
  if (!leader || !standby) return leader ?? standby
  return epochOf(standby.at) - epochOf(leader.at) > LEADER_FIRST_MS ? standby : leader
}

function pulseKey(cluster: string, leads: boolean): string {
  return clusterKey(cluster, leads ? 'pulse-leader' : 'pulse-standby')
}

function parsed<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null
  const read = schema.safeParse(JSON.parse(text))
  return read.success ? read.data : null
}
