import { newId } from '../kernel/ids.ts'
import type { ApprovalFacts } from '../wire/card-facts.ts'
import { ACTIONS } from './action-ids.ts'
import { replyOf, type Desk } from './asker.ts'
import type { Click } from './click.ts'
import { clickedApproval, clickedCard, clickedMessage, type Clicked } from './clicked-card.ts'
import { openView } from './open-view.ts'
import type { Outbox } from './outbox.ts'
import { refuseClicked } from './refuse-clicked.ts'
import { planModal } from './views/plan-modal.ts'
import { rejectModal } from './views/reject-modal.ts'
import { typedModal } from './views/typed-modal.ts'
import { withinTime } from './within-time.ts'

/** Clicks on approval cards: decisions, the plan, and asking again. */
export async function onCardClick(desk: Desk, outbox: Outbox, click: Click): Promise<void> {
  const clicked = await withinTime(clickedMessage(desk.chat, click), desk.chat.times.memory)
  if (!clicked.ok) return refuseClicked(desk, outbox, click, clicked.refusal)
  if (click.actionId === ACTIONS.reask) return reask(desk, click, clicked.value)
  const card = clickedApproval(clicked.value, click)
  if (!card.ok) return refuseClicked(desk, outbox, click, card.refusal)
  const { cluster } = clicked.value.row
  if (click.actionId === ACTIONS.plan) return showPlan(desk, click, card.value)
  if (click.actionId === ACTIONS.reject) return openDraft(desk, click, clicked.value, card.value, rejectModal)
  if (click.actionId === ACTIONS.approve && card.value.phase === 'retire') {
    return openDraft(desk, click, clicked.value, card.value, typedModal)
  }
  const kind = click.actionId === ACTIONS.start ? 'start' : 'approve'
  await desk.ask(click, cluster, { kind, card: clickedCard(card.value) })
}

async function reask(desk: Desk, click: Click, clicked: Clicked): Promise<void> {
  const { card, row } = clicked
  const approval = card.card === 'approval' ? { approval: card.id } : {}
  const run = 'run' in card ? { run: card.run } : {}
  await desk.ask(click, row.cluster, { kind: 'ask-again', ...approval, ...run })
}

async function showPlan(desk: Desk, click: Click, card: ApprovalFacts): Promise<void> {
  const view = planModal(card, await desk.lookOf(click, card))
  await openView(desk, click, click.trigger, view)
}

/** What a modal was opened on stays with the bot, under the id that the request will have; the modal holds only that id. */
async function openDraft(
  desk: Desk,
  click: Click,
  clicked: Clicked,
  card: ApprovalFacts,
  modal: typeof rejectModal,
): Promise<void> {
  const { chat } = desk
  const id = newId('rq', chat.clocks.machine.now())
  const locale = await chat.names.localeOf(click.user, chat.settings.locale)
  const what = JSON.stringify({
    message: clicked.row.message,
    revision: clicked.row.wantedRevision,
    channel: click.channel,
  })
  await withinTime(chat.memory.keepReply(id, replyOf(chat, click, locale, what)), chat.times.memory)
  const view = modal(card, await desk.lookOf(click, card), id)
  await openView(desk, click, click.trigger, view)
}
