import type { Reply } from '../ports/read-model.ts'
import type { Locale } from '../wire/names.ts'
import { preview as previewSchema, type Preview } from '../wire/preview.ts'
import type { Chat } from './chat.ts'
import type { OpenView } from './open-view.ts'
import type { UpgradeDraft } from './upgrade-draft.ts'
import { withinTime } from './within-time.ts'

/** What is noted here only makes a dialog nicer: where Redis is away, that must soon be said in it. */
const WAIT_MS = 400

/** An upgrade's dialog that waits for its worker, and whose it is; `request` is what it waits for. */
export type Waiting = {
  readonly request: string
  readonly user: string
  readonly locale: Locale
  readonly draft: UpgradeDraft
  readonly view: OpenView
}

/** Notes what the dialog waits for from now on; what it waited for before is not drawn any more. */
export async function awaitAnswer(chat: Chat, { draft, request, user, locale }: Waiting): Promise<void> {
  await keep(chat, awaitedKey(draft), { url: '', user, locale, sentAt: chat.clocks.machine.now(), what: request })
}

/** Is it still this request that the dialog waits for? Not known is no. */
export async function isAwaited(chat: Chat, { draft, request }: Waiting): Promise<boolean> {
  const reply = await withinTime(chat.memory.reply(awaitedKey(draft)), WAIT_MS).catch(() => null)
  return reply?.what === request
}

/** What the worker said last of the draft's cluster; null where it is not known, for whatever reason. */
export async function knownPreview(chat: Chat, draft: UpgradeDraft): Promise<Preview | null> {
  try {
    const reply = await withinTime(chat.memory.reply(previewKey(draft)), WAIT_MS)
    return reply ? (previewSchema.safeParse(JSON.parse(reply.what)).data ?? null) : null
  } catch {
    return null
  }
}

export async function keepPreview(chat: Chat, { draft, user, locale }: Waiting, preview: Preview): Promise<void> {
  const { checks: _, ...versions } = preview
  const reply = { url: '', user, locale, sentAt: chat.clocks.machine.now(), what: JSON.stringify(versions) }
  await keep(chat, previewKey(draft), reply)
}

async function keep(chat: Chat, key: string, reply: Reply): Promise<void> {
  await withinTime(chat.memory.keepReply(key, reply), WAIT_MS).catch(() => undefined)
}

function awaitedKey({ id }: UpgradeDraft): string {
  return `${id}.awaited`
}

function previewKey({ id, cluster }: UpgradeDraft): string {
  return `${id}.of.${cluster}`
}
