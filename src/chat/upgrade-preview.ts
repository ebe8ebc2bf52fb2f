import { z } from 'zod'
import type { Refusal } from '../kernel/errors.ts'
import type { Reply } from '../ports/read-model.ts'
import type { Locale } from '../wire/names.ts'
import type { VerdictNotice } from '../wire/notice.ts'
import { preview as previewSchema, type Preview } from '../wire/preview.ts'
import type { Chat } from './chat.ts'
import type { OpenView } from './open-view.ts'
import { sendRequest } from './requests.ts'
import { troubleOf } from './slack-errors.ts'
import { draftFrom, draftText, type UpgradeDraft } from './upgrade-draft.ts'
import { choosable, upgradeModal, type UpgradeForm } from './views/upgrade-modal.ts'
import { withinTime } from './within-time.ts'

/** An upgrade's dialog that waits for its worker, and whose it is. */
export type Waiting = {
  readonly user: string
  readonly locale: Locale
  readonly draft: UpgradeDraft
  readonly view: OpenView
}
/** Follows a request until its verdict. */
type Follow = (request: string, cluster: string, reply: Reply) => void

const kept = z.object({ draft: z.string(), id: z.string(), hash: z.string() })

/** The dialog that waits for this request's verdict; null where something else does. */
export function waitingFrom({ what, user, locale }: Reply): Waiting | null {
  if (!what.startsWith('{')) return null
  const { data } = kept.safeParse(JSON.parse(what))
  const draft = data ? draftFrom(data.draft) : null
  if (!data || !draft) return null
  return { user, locale: locale === 'zh' ? 'zh' : 'en', draft, view: { id: data.id, hash: data.hash } }
}

/** As `waitingFrom` reads it; the hash is that of what the dialog shows now, so that an answer which comes too late changes nothing. */
export function waitingText({ draft, view }: Waiting): string {
  return JSON.stringify({ draft: draftText(draft), id: view.id, hash: view.hash })
}

/** Asks the worker which versions there are, and for the checks of the one that was chosen. Every way it can fail is shown. */
export async function askPreview(chat: Chat, follow: Follow, waiting: Waiting): Promise<void> {
  const { user, locale, draft } = waiting
  const { cluster, to, acknowledge } = draft
  if (cluster === null) return
  const person = await chat.people.personOf(user)
  if (!person.ok) return void (await showTrouble(chat, waiting, person.refusal))
  const reply: Reply = { url: '', user, locale, sentAt: chat.clocks.machine.now(), what: waitingText(waiting) }
  const more = { ...(to ? { to } : {}), ...(acknowledge.length > 0 ? { acknowledge } : {}) }
  const sent = await sendRequest(chat, { cluster, ask: { kind: 'preview', ...more }, who: person.value, reply })
  if (!sent.ok) return void (await showTrouble(chat, waiting, { code: 'PREVIEW_UNASKED', facts: { cluster } }))
  follow(sent.value, cluster, reply)
}

/** Draws what the worker said. Where it was asked for the versions only, the newest that can be chosen is asked about next. */
export async function tellPreview(
  chat: Chat,
  follow: Follow,
  waiting: Waiting,
  { said, more, preview }: VerdictNotice,
): Promise<void> {
  if (!preview) return void (await showTrouble(chat, waiting, said, more))
  await keepPreview(chat, waiting, preview)
  const { draft } = waiting
  const chosen = chosenOf(preview, draft)
  const next = { ...waiting, draft: { ...draft, to: chosen } }
  const isTold = chosen === null || preview.checks?.version === chosen
  const view = await redraw(chat, next, { preview, now: isTold ? 'told' : 'asking' })
  if (view && !isTold) await askPreview(chat, follow, { ...next, view })
}

/** What was asked for where it can be had, else the newest that can. */
function chosenOf(preview: Preview, { to }: UpgradeDraft): string | null {
  const versions = choosable(preview)
  return to !== null && versions.includes(to) ? to : (versions[0] ?? null)
}

/** Shows what went wrong beside what is known of the cluster; the dialog as it stands then, or null where it is gone or newer. */
export async function showTrouble(
  chat: Chat,
  waiting: Waiting,
  said: Refusal,
  more: VerdictNotice['more'] = [],
): Promise<OpenView | null> {
  const known = await knownPreview(chat, waiting.draft)
  return redraw(chat, waiting, { preview: known, now: { said, more } })
}

/** Null where the dialog was closed, or shows something newer already. */
export async function redraw(
  chat: Chat,
  { draft, view, locale }: Waiting,
  shown: Pick<UpgradeForm, 'preview' | 'now'>,
): Promise<OpenView | null> {
  const form = { draft, clusters: chat.settings.clusters.map(({ name }) => name), ...shown }
  const drawn = upgradeModal(form, await chat.names.lookFor(locale, shown))
  try {
    const guard = view.hash ? { hash: view.hash } : {}
    const said = await chat.reading.views.update({ view_id: view.id, ...guard, view: drawn })
    return { id: view.id, hash: said.view?.hash ?? '' }
  } catch (error) {
    const trouble = troubleOf(error)
    const word = 'error' in trouble ? trouble.error : trouble.kind
    if (word !== 'hash_conflict' && word !== 'not_found') chat.log.warn('a dialog could not be drawn', { word })
    return null
  }
}

/** What the worker said last of the draft's cluster; null where it is not known, for whatever reason. */
export async function knownPreview(chat: Chat, draft: UpgradeDraft): Promise<Preview | null> {
  try {
    const reply = await withinTime(chat.memory.reply(previewKey(draft)), chat.times.memory)
    return reply ? (previewSchema.safeParse(JSON.parse(reply.what)).data ?? null) : null
  } catch {
    return null
  }
}

async function keepPreview(chat: Chat, { draft, user, locale }: Waiting, preview: Preview): Promise<void> {
  const { checks: _, ...versions } = preview
  const reply = { url: '', user, locale, sentAt: chat.clocks.machine.now(), what: JSON.stringify(versions) }
  await withinTime(chat.memory.keepReply(previewKey(draft), reply), chat.times.memory).catch(() => undefined)
}

function previewKey({ id, cluster }: UpgradeDraft): string {
  return `${id}.${cluster}`
}
