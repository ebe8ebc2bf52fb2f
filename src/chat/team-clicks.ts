import type { CardFacts, TeamFacts } from '../wire/card-facts.ts'
import { whyChanged, whyClosed } from '../wire/closed-card.ts'
import type { Ask } from '../wire/request.ts'
import { ACTIONS } from './action-ids.ts'
import type { Desk } from './asker.ts'
import type { Click } from './click.ts'
import { clickedMessage } from './clicked-card.ts'
import type { Outbox } from './outbox.ts'
import { refuseClicked } from './refuse-clicked.ts'
import { chosenIn } from './views/team-menu.ts'
import { withinTime } from './within-time.ts'

/**
 * What somebody says to a message to a team, or to the preview of a run's first. Team, run and days come from the stored card, never from
 * the payload. A card that does not offer what was clicked is shown anew. *Not ours* is said of workloads that somebody has read: where an edit
 * of the card waits they hear what it says now.
 */
export async function onTeamClick(desk: Desk, outbox: Outbox, click: Click): Promise<void> {
  const clicked = await withinTime(clickedMessage(desk.chat, click), desk.chat.times.memory)
  if (!clicked.ok) return refuseClicked(desk, outbox, click, clicked.refusal)
  const { card, row, isNewest } = clicked.value
  const ask = askedBy(card, click)
  if (ask && (isNewest || ask.kind !== 'not-ours')) return desk.ask(click, row.cluster, ask)
  await refuseClicked(desk, outbox, click, whyChanged(card, row.message))
}

function askedBy(card: CardFacts, click: Click): Ask | null {
  if (card.card === 'preview') return { kind: 'send-nudges', run: card.run, to: card.revision }
  if (card.card !== 'team') return null
  if (click.actionId === ACTIONS.tellPlatform) {
    return card.team === null ? null : { kind: 'tell-platform', run: card.run, team: card.team }
  }
  return click.actionId === ACTIONS.teamMore ? answerOf(card, click.value) : null
}

function answerOf(card: TeamFacts, value: string): Ask | null {
  const chosen = whyClosed(card) ? null : chosenIn(card, value)
  if (!chosen) return null
  const { run, team } = card
  const to = card.to.revision
  if (chosen.kind === 'snooze') return { kind: 'snooze', run, team, until: chosen.until, to }
  if (chosen.kind === 'answer-back') return { kind: 'answer-back', run, team, to }
  return team === null ? null : { kind: 'not-ours', run, team, to }
}
