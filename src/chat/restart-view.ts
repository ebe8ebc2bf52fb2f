import { messageOf } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import type { Reply } from '../ports/read-model.ts'
import type { Chat } from './chat.ts'
import { keepDraft, shownWorkload, type RestartDraft } from './restart-draft.ts'
import { restartModal, type RestartSaid } from './views/restart-modal.ts'

/** Draws an open dialog anew. Who has closed it meanwhile wants to see nothing more. */
export async function showRestart(
  { names, reading, log }: Chat,
  reply: Reply,
  draft: RestartDraft & { readonly id: string },
  said: RestartSaid,
): Promise<void> {
  const { workloads, later, chosen, view, id } = draft
  const look = await names.lookFor(reply.locale === 'zh' ? 'zh' : 'en', said)
  const dialog = { draft: id, workloads, later, ...(chosen === undefined ? {} : { chosen }) }
  await reading.views
    .update({ view_id: view, view: restartModal(dialog, said, look) })
    .catch((error: unknown) => log.info('a dialog could not be brought up to date', { message: messageOf(error) }))
}

/**
 * What the worker, or the bot in its place, says of the chosen workload. It is kept under a new id, which the dialog gets: what is sent
 * from it is what it shows.
 */
export async function showSaid(
  chat: Chat,
  reply: Reply,
  draft: RestartDraft,
  said: NonNullable<RestartSaid>,
): Promise<void> {
  const id = newId('rq', chat.clocks.machine.now())
  const shown = said.ok ? shownWorkload.safeParse(said.said.facts).data : undefined
  const now = { ...draft, ...(shown ? { shown } : {}) }
  await keepDraft(chat, id, reply, now)
  await showRestart(chat, reply, { ...now, id }, said)
}
