import { refusal, type Desk } from './asker.ts'
import type { Click } from './click.ts'
import { clickedMessage } from './clicked-card.ts'
import type { Outbox } from './outbox.ts'
import { refuseClicked } from './refuse-clicked.ts'
import { chosenWorkload } from './sidecar-choice.ts'
import { withinTime } from './within-time.ts'

/** *Is it the sidecar?* on a team's message: run and team come from the stored card, never from the payload. */
export async function onSidecarClick(desk: Desk, outbox: Outbox, click: Click): Promise<void> {
  const clicked = await withinTime(clickedMessage(desk.chat, click), desk.chat.times.memory)
  if (!clicked.ok) return refuseClicked(desk, outbox, click, clicked.refusal)
  const { card, row } = clicked.value
  if (card.card !== 'team' || card.team === null) {
    return refuseClicked(desk, outbox, click, refusal('STALE_CARD', { message: row.message }))
  }
  await desk.ask(click, row.cluster, { kind: 'compare', run: card.run, team: card.team })
}

/** The workload that was chosen among the team's. */
export async function onSidecarChosen(desk: Desk, click: Click): Promise<void> {
  const chosen = await withinTime(chosenWorkload(desk.chat, click.user, click.value), desk.chat.times.memory)
  if (!chosen) return desk.refuse(click, refusal('SIDECAR_CHOICE_LAPSED'))
  await desk.ask(click, chosen.cluster, chosen.ask)
}
