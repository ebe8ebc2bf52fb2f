import { isoOf } from '../kernel/clock.ts'
import { messageOf } from '../kernel/errors.ts'
import type { SlackState } from '../ports/read-model.ts'
import type { Metric } from '../web/metrics-text.ts'
import type { PartHealth } from '../web/serve-health.ts'
import { slackMetric, slackTroubles } from './slack-sentence.ts'

/** What is asked for a worker's health, each of which may fail or be unknown. */
export type WorkerSigns = {
  readonly cluster: string
  /** When it took the lead and last looked (epoch ms); null while another leads. */
  readonly lastLook: number | null
  readonly readRecord: () => Promise<unknown>
  /** The bot's word on Slack; null where no bot spoke. Throws while Redis is away. */
  readonly slackWord: () => Promise<SlackState | null>
}

/** A leader looks each second; a look may wait for a slow API server. */
const LOOK_MS = 60_000

/** What a worker says of itself. One that waits for the Lease is well. */
export async function workerHealth(signs: WorkerSigns, nowMs: number): Promise<PartHealth> {
  const { cluster, lastLook } = signs
  const record = await signs.readRecord().then(
    () => null,
    (error: unknown) => messageOf(error),
  )
  const word = await signs.slackWord().then(
    (state) => ({ redis: true, state }),
    () => ({ redis: false, state: null }),
  )
  const stuck = lastLook !== null && nowMs - lastLook > LOOK_MS
  const part = `worker ${cluster}`
  return {
    part,
    facts: [
      lastLook === null ? 'another worker leads, or none' : `leads, last look ${isoOf(lastLook)}`,
      word.state ? `slack ${word.state.kind} since ${isoOf(word.state.since)}, as the bot says` : 'no word of the bot',
    ],
    troubles: [
      ...(record === null ? [] : [`the record of the upgrade can't be read: ${record}`]),
      ...(word.redis ? [] : ['Redis does not answer: no clicks come, steps that were started go on']),
      ...(stuck ? [`it leads and has not looked since ${isoOf(lastLook)}`] : []),
      ...(word.state ? slackTroubles(word.state, nowMs) : []),
    ],
    metrics: [
      gauge('meshferry_worker_leads', 'This worker leads', cluster, lastLook !== null),
      gauge('meshferry_worker_record_readable', 'The record of the upgrade can be read', cluster, record === null),
      { ...gauge('meshferry_redis_up', 'Redis answers', cluster, word.redis), labels: { part } },
      ...(word.state ? slackMetric(part, word.state) : []),
    ],
  }
}

function gauge(name: string, help: string, cluster: string, value: boolean): Metric {
  return { name, help, type: 'gauge', labels: { cluster }, value: Number(value) }
}
