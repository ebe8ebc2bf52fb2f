import { z } from 'zod'
import { canonicalJson, sha256 } from '../kernel/hash.ts'
import { macMatches, macOf } from '../kernel/signatures.ts'
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

type Keeping = Pick<Chat, 'memory' | 'settings' | 'times'>

/** Is it a reply that was kept for a dialog of restarts, and was not used up? Good for what is said, not for what is done. */
export function restartDraftIn(reply: Reply | null): RestartDraft | null {
  if (!reply?.what.startsWith('{')) return null
  return restartDraft.safeParse(JSON.parse(reply.what)).data ?? null
}

/** The draft in a reply that was kept under this id; null where it is none, or somebody but a bot wrote it or moved it there. */
export function sealedDraftIn(
  { settings }: Pick<Chat, 'settings'>,
  id: string,
  reply: Reply | null,
): RestartDraft | null {
  const draft = restartDraftIn(reply)
  if (!reply || !draft) return null
  const { seal } = sealOnly.parse(JSON.parse(reply.what))
  return macMatches(sealedText(id, reply, draft), seal, [sealKey(settings)]) ? draft : null
}

const sealOnly = z.object({ seal: z.string().catch('') })

/**
 * A reply that holds the draft under this id. Redis keeps it between what somebody sees and what they send, and takes no decision: the
 * seal binds it to id and person, so that a thief of Redis can't turn a real click into a restart of something else.
 */
export function sealedReply(
  { settings }: Pick<Chat, 'settings'>,
  id: string,
  reply: Reply,
  draft: RestartDraft,
): Reply {
  const seal = macOf(sealedText(id, reply, draft), sealKey(settings))
  return { ...reply, what: JSON.stringify({ ...draft, seal }) }
}

function sealedText(id: string, { user }: Reply, draft: RestartDraft): string {
  return canonicalJson({ id, user, draft })
}

/** All bots have the same key, and nobody else has it. */
function sealKey({ signingKey }: Pick<Chat['settings'], 'signingKey'>): string {
  return sha256(`meshferry dialogs ${signingKey}`)
}

export async function keepDraft(chat: Keeping, id: string, reply: Reply, draft: RestartDraft): Promise<void> {
  await withinTime(chat.memory.keepReply(id, sealedReply(chat, id, reply, draft)), chat.times.memory)
}

/** What was kept under this id, if it is this person's. */
export async function draftOf(chat: Keeping, id: string, user: string): Promise<Kept | null> {
  const reply = await withinTime(chat.memory.reply(id), chat.times.memory)
  const draft = sealedDraftIn(chat, id, reply)
  return reply && draft && reply.user === user ? { reply, draft } : null
}
