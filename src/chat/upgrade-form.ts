import { newId } from '../kernel/ids.ts'
import { istioVersion } from '../wire/names.ts'
import { ACTIONS } from './action-ids.ts'
import { replyOf, type Asker, type Desk } from './asker.ts'
import type { Click } from './click.ts'
import { openView } from './open-view.ts'
import { draftFrom, newDraft, type LeftOpen, type UpgradeDraft } from './upgrade-draft.ts'
import { askPreview, knownPreview, redraw, type Waiting } from './upgrade-preview.ts'
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
  await keepAsker(desk, asker, draft)
  const locale = await chat.names.localeOf(user, chat.settings.locale)
  const waiting = { user, locale, draft, view: opened }
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
  if (!click.view || !draft) return
  const locale = await chat.names.localeOf(click.user, chat.settings.locale)
  const waiting: Waiting = { user: click.user, locale, draft, view: { id: click.view.id, hash: click.view.hash } }
  const shown = { preview: await knownPreview(chat, draft), now: 'asking' } as const
  // What was chosen last wins over what the worker's answer drew meanwhile.
  const view =
    (await redraw(chat, waiting, shown)) ??
    (await redraw(chat, { ...waiting, view: { id: click.view.id, hash: '' } }, shown))
  if (view) await askPreview(chat, desk.verdicts.follow, { ...waiting, view })
}

function changed({ chat }: Desk, { actionId, value }: Click, metadata: string): UpgradeDraft | null {
  const draft = draftFrom(metadata)
  if (!draft) return null
  if (actionId === ACTIONS.upgradeVersion) return istioVersion.safeParse(value).success ? { ...draft, to: value } : null
  const isOurs = chat.settings.clusters.some(({ name }) => name === value)
  return isOurs ? { ...draft, cluster: value, to: null } : null
}
