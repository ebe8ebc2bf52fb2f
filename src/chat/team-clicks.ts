import { ACTIONS } from './action-ids.ts'
import { refusal, type Desk } from './asker.ts'
import type { Click } from './click.ts'
import { clickedMessage } from './clicked-card.ts'
import { withinTime } from './within-time.ts'

/** What somebody of a team says to a reminder. Team, run and day come from the stored card, never from the payload. */
export async function onTeamClick(desk: Desk, click: Click): Promise<void> {
  const clicked = await withinTime(clickedMessage(desk.chat, click), desk.chat.times.memory)
  if (!clicked.ok) return desk.refuse(click, clicked.refusal)
  const { card, row } = clicked.value
  if (card.card !== 'team' || card.kind !== 'nudge') return desk.refuse(click, refusal('STALE_CARD'))
  const { run, team, remindOn } = card
  if (click.actionId === ACTIONS.snooze) {
    if (remindOn === undefined) return desk.refuse(click, refusal('STALE_CARD'))
    return desk.ask(click, row.cluster, { kind: 'snooze', run, team, until: remindOn })
  }
  if (team === null) return desk.refuse(click, refusal('STALE_CARD'))
  await desk.ask(click, row.cluster, { kind: 'not-ours', run, team })
}
