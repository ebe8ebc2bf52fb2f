import { ACTIONS } from './action-ids.ts'
import { refusal, type Desk } from './asker.ts'
import type { Click } from './click.ts'
import { placeOf, runBlock } from './views/look.ts'
import { withinTime } from './within-time.ts'

const EPHEMERAL = runBlock('')

/** Stop, resume and roll back, from a card or from an answer to `status`. Rights are the worker's to judge. */
export async function onRunClick(desk: Desk, click: Click): Promise<void> {
  const cluster = await clusterOf(desk, click)
  if (cluster === null) return desk.refuse(click, refusal('STALE_CARD'))
  if (await isAnother(desk, cluster, click.value)) return desk.refuse(click, refusal('RUN_IS_ANOTHER', { cluster }))
  if (click.actionId === ACTIONS.stop) return desk.ask(click, cluster, { kind: 'stop' })
  if (click.actionId === ACTIONS.resume) return desk.ask(click, cluster, { kind: 'resume' })
  await desk.ask(click, cluster, { kind: 'rollback' })
}

/** From the stored row of the message; an answer only one person sees names a configured cluster in its block id. */
async function clusterOf(desk: Desk, click: Click): Promise<string | null> {
  const { chat } = desk
  if (click.blockId.startsWith(EPHEMERAL)) {
    const named = click.blockId.slice(EPHEMERAL.length)
    return chat.settings.clusters.some((each) => each.name === named) ? named : null
  }
  const place = placeOf(click.blockId)
  const row = place ? await withinTime(chat.memory.row(place.message), chat.times.memory) : null
  return row?.cluster ?? null
}

/**
 * A request for going back names no run, so a button of an older run must not reach the present one. Where the read model
 * says nothing the click goes on: going back fails open, and the worker judges.
 */
async function isAnother(desk: Desk, cluster: string, run: string): Promise<boolean> {
  const { reader, times } = desk.chat
  const status = await withinTime(reader.status(cluster), times.memory).catch(() => null)
  return status?.run ? status.run.id !== run : false
}
