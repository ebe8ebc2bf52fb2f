import { z } from 'zod'
import { isoOf } from '../kernel/clock.ts'
import { requestId } from '../wire/names.ts'
import type { Ask } from '../wire/request.ts'
import { DRAFT_INPUT } from './action-ids.ts'
import { askAsOwner } from './ask-as-owner.ts'
import { refusal, type Desk } from './asker.ts'
import { draftOf, type RestartDraft } from './restart-draft.ts'
import { WHEN_BLOCK } from './views/restart-modal.ts'

const submission = z.object({
  user: z.object({ id: z.string() }),
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
export async function onRestartSubmitted(desk: Desk, body: unknown): Promise<void> {
  const parsed = submission.safeParse(body)
  if (!parsed.success) return
  const { user, view } = parsed.data
  const id = view.private_metadata
  const kept = await draftOf(desk.chat, id, user.id)
  const ask = kept ? askOf(kept.draft, view.state.values[WHEN_BLOCK]?.[DRAFT_INPUT]?.selected_date_time ?? null) : null
  if (!kept || !ask) return lapsed(desk, id, user.id)
  const { reply, draft } = kept
  const why = await askAsOwner(desk, { reply: { ...reply, what: ask.kind }, draft }, id, ask)
  if (why) await desk.refuse({ user: user.id, channel: draft.channel, responseUrl: reply.url }, why)
}

/** What was shown, and nothing that the client says but the time; null where nothing was shown. `picked` is in seconds. */
function askOf({ run, to, team, workloads, chosen, shown, later }: RestartDraft, picked: number | null): Ask | null {
  const workload = workloads[chosen ?? -1]
  if (!workload || !shown || (later && picked === null)) return null
  const at = later && picked !== null ? { at: isoOf(picked * 1000) } : {}
  return { kind: 'restart', run, to, team, workload, ...shown, ...at }
}

/** Nothing is said to a second press: the first is answered. */
async function lapsed(desk: Desk, id: string, user: string): Promise<void> {
  if (await desk.chat.memory.reply(id)) return
  await desk.refuse({ user, channel: '', responseUrl: '' }, refusal('RESTART_DIALOG_LAPSED'))
}
