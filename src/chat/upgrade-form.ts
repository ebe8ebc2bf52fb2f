import { newId } from '../kernel/ids.ts'
import { istioVersion } from '../wire/names.ts'
import { ACTIONS } from './action-ids.ts'
import { refusal, replyOf, type Asker, type Desk } from './asker.ts'
import type { Click } from './click.ts'
import { openView, type OpenView } from './open-view.ts'
import { draftFrom, newDraft, type LeftOpen, type UpgradeDraft } from './upgrade-draft.ts'
import { awaitAnswer, knownPreview, type Waiting } from './upgrade-memory.ts'
import { askPreview, redraw } from './upgrade-preview.ts'
import { upgradeModal } from './views/upgrade-modal.ts'
import { withinTime } from './within-time.ts'

/** Opens the dialog before anything is waited for, in the language that is at hand; then asks the worker. */
export async function openUpgrade(desk: Desk, asker: Asker, trigger: string, left: LeftOpen): Promise<void> {
  const { chat } = desk
  const { user } = asker
  const draft = newDraft(newId('rq', chat.clocks.machine.now()), asker.channel, left)
  const clusters = chat.settings.clusters.map(({ name }) => name)
  const atHand = chat.names.localeAtHand(user, chat.settings.locale)
  const first = { preview: null, now: 'asking' } as const
  const modal = upgradeModal({ draft, clusters, ...first }, await chat.names.lookFor(atHand, null))
  const opened = await openView(desk, asker, trigger, modal)
  if (!opened) return
  const [locale] = await Promise.all([chat.names.localeOf(user, chat.settings.locale), keepAsker(desk, asker, draft)])
  const waiting = { request: newId('rq', chat.clocks.machine.now()), user, locale, draft, view: opened }
  await awaitAnswer(chat, waiting)
  const view = locale === atHand ? opened : await redraw(chat, waiting, first)
  if (view) await askPreview(chat, desk.verdicts.follow, { ...waiting, view })
}

/** Without it the answer comes as a direct message. */
async function keepAsker({ chat }: Desk, asker: Asker, draft: UpgradeDraft): Promise<void> {
  const reply = replyOf(chat, asker, chat.settings.locale, 'draft')
  await withinTime(chat.memory.keepReply(draft.id, reply), chat.times.memory).catch((error: unknown) =>
    chat.log.warn('where to answer a dialog could not be kept', { message: String(error) }),
  )
}

/** Another cluster or version was chosen: everything that depends on it is asked anew. */
export async function onUpgradeChanged(desk: Desk, click: Click): Promise<void> {
  const { chat } = desk
  const draft = click.view ? changed(desk, click, click.view.metadata) : null
  if (!click.view || !draft) return desk.refuse(click, refusal('DIALOG_UNREADABLE'))
  const locale = await chat.names.localeOf(click.user, chat.settings.locale)
  const request = newId('rq', chat.clocks.machine.now())
  const view: OpenView = { id: click.view.id, hash: click.view.hash }
  const waiting: Waiting = { request, user: click.user, locale, draft, view }
  await awaitAnswer(chat, waiting)
  const shown = { preview: await knownPreview(chat, draft), now: 'asking' } as const
  // What was chosen last wins over what the worker's answer drew meanwhile.
  const drawn =
    (await redraw(chat, waiting, shown)) ?? (await redraw(chat, { ...waiting, view: { ...view, hash: '' } }, shown))
  if (drawn) await askPreview(chat, desk.verdicts.follow, { ...waiting, view: drawn })
}

function changed({ chat }: Desk, { actionId, value }: Click, metadata: string): UpgradeDraft | null {
  const draft = draftFrom(metadata)
  if (!draft) return null
  if (actionId === ACTIONS.upgradeVersion) return istioVersion.safeParse(value).success ? { ...draft, to: value } : null
  const isOurs = chat.settings.clusters.some(({ name }) => name === value)
  return isOurs ? { ...draft, cluster: value, to: null } : null
}
