import { z } from 'zod'
import type { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import type { Reply } from '../ports/read-model.ts'
import type { VerdictNotice } from '../wire/notice.ts'
import type { Preview } from '../wire/preview.ts'
import type { Chat } from './chat.ts'
import type { OpenView } from './open-view.ts'
import { sendRequest } from './requests.ts'
import { troubleOf } from './slack-errors.ts'
import { draftFrom, draftText, type UpgradeDraft } from './upgrade-draft.ts'
import { awaitAnswer, isAwaited, keepPreview, knownPreview, type Waiting } from './upgrade-memory.ts'
import { choosable, upgradeModal, type UpgradeForm } from './views/upgrade-modal.ts'

/** Follows a request until its verdict. */
type Follow = (request: string, cluster: string, reply: Reply) => void

const kept = z.object({ draft: z.string(), id: z.string(), hash: z.string() })

/** The dialog that waits for this request's verdict, as it was when it was asked for; null where something else does. */
export function waitingFrom(request: string, { what, user, locale }: Reply): Waiting | null {
  if (!what.startsWith('{')) return null
  const { data } = kept.safeParse(JSON.parse(what))
  const draft = data ? draftFrom(data.draft) : null
  if (!data || !draft) return null
  return { request, user, locale: locale === 'zh' ? 'zh' : 'en', draft, view: { id: data.id, hash: data.hash } }
}

/** Asks the worker which versions there are, and for the checks of the one that was chosen. Every way it can fail is shown. */
export async function askPreview(chat: Chat, follow: Follow, waiting: Waiting): Promise<void> {
  const { request: id, user, locale, draft, view } = waiting
  const { cluster, to, acknowledge } = draft
  if (cluster === null) return
  const person = await chat.people.personOf(user)
  if (!person.ok) return showTrouble(chat, waiting, person.refusal)
  const what = JSON.stringify({ draft: draftText(draft), ...view })
  const reply: Reply = { url: '', user, locale, sentAt: chat.clocks.machine.now(), what }
  const more = { ...(to ? { to } : {}), ...(acknowledge.length > 0 ? { acknowledge } : {}) }
  const sent = await sendRequest(chat, { cluster, ask: { kind: 'preview', ...more }, who: person.value, reply, id })
  if (!sent.ok) return showTrouble(chat, waiting, { code: 'PREVIEW_UNASKED', facts: { cluster } })
  follow(sent.value, cluster, reply)
}

/** Draws what the worker said. Where it was asked for the versions only, the newest that can be chosen is asked about next. */
export async function tellPreview(
  chat: Chat,
  follow: Follow,
  waiting: Waiting,
  { said, more, preview }: VerdictNotice,
): Promise<void> {
  if (!preview) return showTrouble(chat, waiting, said, more)
  await keepPreview(chat, waiting, preview)
  const { draft } = waiting
  const chosen = chosenOf(preview, draft)
  const shown = { ...waiting, draft: { ...draft, to: chosen } }
  const isTold = chosen === null || preview.checks?.version === chosen
  const view = await redrawOwn(chat, shown, { preview, now: isTold ? 'told' : 'asking' })
  if (!view || isTold || !(await isAwaited(chat, waiting))) return
  const next = { ...shown, view, request: newId('rq', chat.clocks.machine.now()) }
  await awaitAnswer(chat, next)
  await askPreview(chat, follow, next)
}

/** What was asked for where it can be had, else the newest that can. */
function chosenOf(preview: Preview, { to }: UpgradeDraft): string | null {
  const versions = choosable(preview)
  return to !== null && versions.includes(to) ? to : (versions[0] ?? null)
}

/** Shows what went wrong beside what is known of the cluster. */
export async function showTrouble(
  chat: Chat,
  waiting: Waiting,
  said: Refusal,
  more: VerdictNotice['more'] = [],
): Promise<void> {
  const known = await knownPreview(chat, waiting.draft)
  await redrawOwn(chat, waiting, { preview: known, now: { said, more } })
}

/** That the worker was silent may have been drawn since the request was sent; what somebody chose since is never drawn over. */
async function redrawOwn(
  chat: Chat,
  waiting: Waiting,
  shown: Pick<UpgradeForm, 'preview' | 'now'>,
): Promise<OpenView | null> {
  const drawn = await redraw(chat, waiting, shown)
  if (drawn || !(await isAwaited(chat, waiting))) return drawn
  return redraw(chat, { ...waiting, view: { ...waiting.view, hash: '' } }, shown)
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
