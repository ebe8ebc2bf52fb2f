import type { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import type { CardFacts } from '../wire/card-facts.ts'
import { whyChanged } from '../wire/closed-card.ts'
import { ACTIONS } from './action-ids.ts'
import { askAsOwner } from './ask-as-owner.ts'
import { refusal, replyOf, type Desk } from './asker.ts'
import type { Click } from './click.ts'
import { clickedMessage } from './clicked-card.ts'
import type { Outbox } from './outbox.ts'
import { refuseClicked } from './refuse-clicked.ts'
import { draftOf, keepDraft, sealedReply, type Kept, type RestartDraft } from './restart-draft.ts'
import { openView } from './open-view.ts'
import { showRestart, showSaid } from './restart-view.ts'
import { restartable } from './views/restart-buttons.ts'
import { restartModal } from './views/restart-modal.ts'
import { withinTime } from './within-time.ts'

/** *Restart now* or *Pick a time* on a reminder: a dialog opens at once, and shows what the worker says of the workload. */
export async function onRestartClick(desk: Desk, outbox: Outbox, click: Click): Promise<void> {
  const { chat } = desk
  const clicked = await withinTime(clickedMessage(chat, click), chat.times.memory)
  if (!clicked.ok) return refuseClicked(desk, outbox, click, clicked.refusal)
  const { card, row } = clicked.value
  const workloads = card.card === 'team' ? restartable(card) : []
  if (card.card !== 'team' || card.team === null || workloads.length === 0) {
    return refuseClicked(desk, outbox, click, whyNoRestart(card, row.message))
  }
  const draft: RestartDraft = {
    dialog: 'restart',
    cluster: row.cluster,
    channel: click.channel,
    run: card.run,
    to: card.to.revision,
    team: card.team,
    workloads: [...workloads],
    later: click.actionId === ACTIONS.restartLater,
    view: '',
    ...(workloads.length === 1 ? { chosen: 0 } : {}),
  }
  await openDialog(desk, click, draft)
}

/** Settings that don't let owners restart, or not any more; else what the card says now. */
function whyNoRestart(card: CardFacts, message: string): Refusal {
  if (card.card !== 'team' || card.kind !== 'nudge' || card.team === null || card.restarts === 'owners') {
    return whyChanged(card, message)
  }
  return refusal('RESTARTS_OFF', { team: card.team, message })
}

/** What it is about is kept before it is open: somebody may choose at once. */
async function openDialog(desk: Desk, click: Click, draft: RestartDraft): Promise<void> {
  const { chat } = desk
  const id = newId('rq', chat.clocks.machine.now())
  const reply = replyOf(chat, click, await chat.names.localeOf(click.user, chat.settings.locale), '')
  await keepDraft(chat, id, reply, draft)
  const { workloads, later, chosen } = draft
  const dialog = { draft: id, workloads, later, ...(chosen === undefined ? {} : { chosen }) }
  const view = restartModal(dialog, null, await desk.lookOf(click))
  const opened = await openView(desk, click, click.trigger, view)
  if (opened && chosen !== undefined) await askLook(desk, { reply, draft: { ...draft, view: opened.id } }, id)
}

/** One of several was chosen in the dialog. */
export async function onRestartChosen(desk: Desk, click: Click): Promise<void> {
  const { chat } = desk
  const kept = await draftOf(chat, click.view?.metadata ?? '', click.user)
  const chosen = Number(click.value)
  if (!kept?.draft.workloads[chosen]) return desk.refuse(click, refusal('RESTART_DIALOG_LAPSED'))
  const id = newId('rq', chat.clocks.machine.now())
  const { shown: _shown, ...before } = kept.draft
  const draft = { ...before, chosen, view: click.view?.id ?? '' }
  await keepDraft(chat, id, kept.reply, draft)
  await showRestart(chat, kept.reply, { ...draft, id }, null)
  await askLook(desk, { reply: kept.reply, draft }, id)
}

/** Asks the worker what a restart would mean. The answer comes into the dialog, whichever bot hears it. */
async function askLook(desk: Desk, { reply, draft }: Kept, id: string): Promise<void> {
  const { run, to, team, workloads, chosen } = draft
  const workload = workloads[chosen ?? -1]
  if (!workload) return
  const kept = { reply: sealedReply(desk.chat, id, reply, draft), draft }
  const why = await askAsOwner(desk, kept, id, { kind: 'restart-look', run, to, team, workload })
  if (why) await showSaid(desk.chat, reply, draft, { ok: false, said: why })
}
