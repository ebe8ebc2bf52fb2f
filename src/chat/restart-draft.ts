import { z } from 'zod'
import type { Reply } from '../ports/read-model.ts'
import { clusterName, hex256, runId } from '../wire/names.ts'
import { workloadRef } from '../wire/restarts.ts'
import type { Chat } from './chat.ts'
import { withinTime } from './within-time.ts'

/** Which workload the worker showed, and in which shape. */
export const shownWorkload = z.object({ uid: z.string(), shape: hex256 })

/** What the bot keeps of a dialog of restarts, since a client may say anything. */
const restartDraft = z.object({
  dialog: z.literal('restart'),
  cluster: clusterName,
  channel: z.string(),
  run: runId,
  /** The revision to which pods move, by the reminder. */
  to: z.string(),
  team: z.string(),
  workloads: z.array(workloadRef),
  later: z.boolean(),
  /** Of the dialog at Slack; empty until it was opened. */
  view: z.string(),
  chosen: z.int().optional(),
  /** As the worker showed the chosen one. */
  shown: shownWorkload.optional(),
})
export type RestartDraft = z.infer<typeof restartDraft>

export type Kept = { readonly reply: Reply; readonly draft: RestartDraft }

/** The draft in a reply that was kept for one; null where it is another, or was used up. */
export function restartDraftIn(reply: Reply | null): RestartDraft | null {
  if (!reply?.what.startsWith('{')) return null
  return restartDraft.safeParse(JSON.parse(reply.what)).data ?? null
}

export async function keepDraft(chat: Chat, id: string, reply: Reply, draft: RestartDraft): Promise<void> {
  await withinTime(chat.memory.keepReply(id, { ...reply, what: JSON.stringify(draft) }), chat.times.memory)
}

/** What was kept under this id, if it is this person's. */
export async function draftOf(chat: Chat, id: string, user: string): Promise<Kept | null> {
  const reply = await withinTime(chat.memory.reply(id), chat.times.memory)
  const draft = restartDraftIn(reply)
  return reply && draft && reply.user === user ? { reply, draft } : null
}
