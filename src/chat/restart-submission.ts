import { z } from 'zod'
import { isoOf } from '../kernel/clock.ts'
import { requestId } from '../wire/names.ts'
import type { Ask } from '../wire/request.ts'
import { DRAFT_INPUT } from './action-ids.ts'
import { askAsOwner } from './ask-as-owner.ts'
import { refusal, type Asker, type Desk } from './asker.ts'
import { draftOf, type RestartDraft } from './restart-draft.ts'
import { WHEN_BLOCK } from './views/restart-modal.ts'
import { withinTime } from './within-time.ts'

const submission = z.object({
  view: z.object({
    private_metadata: requestId,
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ selected_date_time: z.number().nullish() }))),
    }),
  }),
})

/**
 * Somebody restarts what the dialog showed. The request has the dialog's own id: one that is sent twice is one. Answered where the button
 * of the reminder was clicked.
 */
export async function onRestartSubmitted(desk: Desk, sender: Asker, body: unknown): Promise<void> {
  const parsed = submission.safeParse(body)
  if (!parsed.success) return desk.refuse(sender, refusal('DIALOG_UNREADABLE'))
  const { view } = parsed.data
  const id = view.private_metadata
  const kept = await draftOf(desk.chat, id, sender.user)
  const ask = kept ? askOf(kept.draft, view.state.values[WHEN_BLOCK]?.[DRAFT_INPUT]?.selected_date_time ?? null) : null
  if (!kept || !ask) return lapsed(desk, sender, id)
  const { reply, draft } = kept
  const why = await askAsOwner(desk, { reply: { ...reply, what: ask.kind }, draft }, id, ask)
  if (why) await desk.refuse({ user: sender.user, channel: draft.channel, responseUrl: reply.url }, why)
}

/** What was shown, and nothing that the client says but the time; null where nothing was shown. `picked` is in seconds. */
function askOf({ run, to, team, workloads, chosen, shown, later }: RestartDraft, picked: number | null): Ask | null {
  const workload = workloads[chosen ?? -1]
  if (!workload || !shown || (later && picked === null)) return null
  const at = later && picked !== null ? { at: isoOf(picked * 1000) } : {}
  return { kind: 'restart', run, to, team, workload, ...shown, ...at }
}

/** Nothing is said to a second press: the first is answered, and what was kept is no draft any more. */
async function lapsed(desk: Desk, sender: Asker, id: string): Promise<void> {
  const { memory, times } = desk.chat
  const reply = await withinTime(memory.reply(id), times.memory)
  if (reply && !reply.what.startsWith('{')) return
  await desk.refuse(sender, refusal(reply ? 'DIALOG_UNREADABLE' : 'RESTART_DIALOG_LAPSED'))
}
