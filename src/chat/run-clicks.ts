import { ok, refuse, type Result } from '../kernel/errors.ts'
import { runId } from '../wire/names.ts'
import { ACTIONS } from './action-ids.ts'
import { refusal, type Desk } from './asker.ts'
import type { Chat } from './chat.ts'
import type { Click } from './click.ts'
import type { Outbox } from './outbox.ts'
import { refuseClicked } from './refuse-clicked.ts'
import { placeOf, runBlock } from './views/look.ts'
import { withinTime } from './within-time.ts'

const EPHEMERAL = runBlock('')

/**
 * Stop, resume and roll back, from a card or from an answer to `status`. Rights are the worker's to judge, and whether the run of the
 * button is the one that runs: an older one must not reach it, and whoever clicks it hears how that one ended.
 */
export async function onRunClick(desk: Desk, outbox: Outbox, click: Click): Promise<void> {
  const found = await clusterOf(desk, click)
  if (!found.ok) return refuseClicked(desk, outbox, click, found.refusal)
  const cluster = found.value
  const run = runId.safeParse(click.value)
  if (!run.success) return desk.refuse(click, refusal('RUN_IS_ANOTHER', { cluster }))
  const about = { run: run.data }
  if (click.actionId === ACTIONS.stop) return desk.ask(click, cluster, { kind: 'stop', ...about })
  if (click.actionId === ACTIONS.resume) return desk.ask(click, cluster, { kind: 'resume', ...about })
  await desk.ask(click, cluster, { kind: 'rollback', ...about })
}

/** From the stored row of the message; an answer only one person sees names a configured cluster in its block id. */
async function clusterOf({ chat }: Desk, { blockId }: Click): Promise<Result<string>> {
  if (blockId.startsWith(EPHEMERAL)) return configured(chat, blockId.slice(EPHEMERAL.length))
  const place = placeOf(blockId)
  if (!place) return refuse('STALE_CARD')
  const row = await withinTime(chat.memory.row(place.message), chat.times.memory)
  return row ? ok(row.cluster) : refuse('CARD_NOT_REMEMBERED', { message: place.message })
}

function configured({ settings }: Chat, typed: string): Result<string> {
  const clusters = settings.clusters.map(({ name }) => name)
  return clusters.includes(typed) ? ok(typed) : refuse('CLUSTER_UNKNOWN', { typed, clusters })
}
