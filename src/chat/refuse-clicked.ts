import type { Refusal } from '../kernel/errors.ts'
import { whyClosed } from '../wire/closed-card.ts'
import { notice } from '../wire/notice.ts'
import { askWhatBecame } from './ask-what-became.ts'
import type { Asker, Desk } from './asker.ts'
import type { Click } from './click.ts'
import type { Outbox } from './outbox.ts'
import { retireCopy } from './retire-copy.ts'
import { withinTime } from './within-time.ts'

/**
 * Answers a click on a message that is not the one that stands, or a dialog that was opened on one, and does what the answer says: a stale
 * one is drawn again, and where it is a second copy that copy loses its buttons; one that is not remembered is asked for. `refusal` names
 * the message.
 */
export async function refuseClicked(desk: Desk, outbox: Outbox, asker: Asker | Click, refusal: Refusal): Promise<void> {
  const { message } = refusal.facts
  if (typeof message !== 'string') return desk.refuse(asker, refusal)
  if (refusal.code === 'CARD_NOT_REMEMBERED') return refuseForgotten(desk, asker, message, refusal)
  if (!REDRAWN.includes(refusal.code)) return desk.refuse(asker, refusal)
  outbox.redraw(message)
  if ('ts' in asker) await retireCopy(desk.chat, asker, message)
  const closed = await whatBecame(desk, message)
  await desk.refuse(asker, closed ?? refusal)
  if (closed?.code === 'TEAM_CARD_OVER') await askWhatBecame(desk, asker, message)
}

async function refuseForgotten(desk: Desk, asker: Asker, message: string, refusal: Refusal): Promise<void> {
  const trouble = await desk.askAgain(asker.channel)
  await desk.refuse(asker, trouble ?? refusal)
  if (!trouble) await askWhatBecame(desk, asker, message)
}

const REDRAWN: readonly string[] = ['STALE_CARD', 'TEAM_CARD_CHANGED', 'RESTARTS_OFF']

/** Of a card that was decided, answered or closed meanwhile the clicker hears by whom or why, and not only that it is out of date. */
async function whatBecame({ chat }: Desk, message: string): Promise<Refusal | null> {
  const row = await withinTime(chat.memory.row(message), chat.times.memory).catch(() => null)
  const wanted = row ? notice.safeParse(JSON.parse(row.wanted)) : null
  if (!wanted?.success || wanted.data.kind !== 'message') return null
  return whyClosed(wanted.data.card)
}
