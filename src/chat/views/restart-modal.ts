import type { ModalView, PlainTextOption } from '@slack/types'
import { z } from 'zod'
import type { Facts } from '../../kernel/errors.ts'
import type { WorkloadRef } from '../../wire/restarts.ts'
import { ACTIONS, DRAFT_INPUT, RESTART_VIEW } from '../action-ids.ts'
import { LIMITS } from '../limits.ts'
import { plain, section, type Block } from './blocks.ts'
import { preformatted } from './lists.ts'
import { put, told, type Look } from './look.ts'

export const WHEN_BLOCK = 'when'
const CHOOSE_BLOCK = 'choose'
const OPTION_CHARS = 75

/** What a dialog of restarts is about. `draft` names what the bot keeps of it; nothing that decides is held by the client. */
export type RestartDialog = {
  readonly draft: string
  readonly workloads: readonly WorkloadRef[]
  /** The one that was chosen; undefined while there are several and none is. */
  readonly chosen?: number
  /** Is a time to be picked? */
  readonly later: boolean
}

/** What the worker said of the chosen one; null while it is asked. */
export type RestartSaid = {
  readonly ok: boolean
  readonly said: { readonly code: string; readonly facts: Facts }
} | null

/** One workload, what restarting it means, and, where it may be, the button that does it. */
export function restartModal(dialog: RestartDialog, said: RestartSaid, look: Look): ModalView {
  const shown = said?.ok ? shownFacts.safeParse(said.said.facts).data : undefined
  return {
    type: 'modal',
    callback_id: RESTART_VIEW,
    private_metadata: dialog.draft,
    title: plain(put(look, dialog.later ? 'restartLaterTitle' : 'restartTitle'), LIMITS.viewTitle),
    close: plain(put(look, 'back'), LIMITS.viewTitle),
    ...(shown ? { submit: plain(put(look, dialog.later ? 'restartPick' : 'restartSubmit'), LIMITS.viewTitle) } : {}),
    blocks: [...chooser(dialog, look), ...whatBlocks(dialog, said, shown, look)],
  }
}

/** Facts of RESTART_SHOWN. */
const shownFacts = z.object({
  replicas: z.number(),
  ready: z.number(),
  strategy: z.string(),
  allows: z.number().optional(),
  budgetUnknown: z.literal(true).optional(),
  gap: z.literal(true).optional(),
  offered: z.number(),
  // An older worker does not say them.
  hours: z.string().optional(),
  zone: z.string().optional(),
})
type Shown = z.infer<typeof shownFacts>

function chooser({ workloads, chosen }: RestartDialog, look: Look): Block[] {
  const options = workloads.map((one, index) => optionOf(one, index))
  const [first] = options
  if (options.length === 1 || !first) return []
  const initial = chosen === undefined ? undefined : options[chosen]
  return [
    {
      type: 'section',
      block_id: CHOOSE_BLOCK,
      text: { type: 'mrkdwn', text: put(look, 'restartWhich') },
      accessory: {
        type: 'static_select',
        action_id: ACTIONS.restartChoose,
        placeholder: plain(put(look, 'restartChoose'), 150),
        options,
        ...(initial ? { initial_option: initial } : {}),
      },
    },
  ]
}

/** The end of a long name tells workloads of one chart apart better than its beginning. */
function optionOf({ namespace, name }: WorkloadRef, index: number): PlainTextOption {
  const text = [...`${namespace}/${name}`]
  const shown = text.length <= OPTION_CHARS ? text : ['…', ...text.slice(1 - OPTION_CHARS)]
  return { text: plain(shown.join(''), OPTION_CHARS), value: String(index) }
}

function whatBlocks(dialog: RestartDialog, said: RestartSaid, shown: Shown | undefined, look: Look): Block[] {
  const workload = dialog.workloads[dialog.chosen ?? -1]
  if (!workload) return [section(put(look, 'restartIntro'))]
  if (!said) return [section(put(look, 'restartLooking', { ...workload }))]
  if (!shown) return refused(said.said, look)
  return [
    section(
      [
        put(look, 'restartOf', { ...workload }),
        put(look, 'restartPods', { replicas: shown.replicas, ready: shown.ready }),
        put(look, shown.strategy === 'RollingUpdate' ? 'restartRolling' : 'restartStrategy', {
          strategy: shown.strategy,
        }),
        ...budgetLine(shown, look),
        ...(shown.gap ? [put(look, 'restartGap')] : []),
      ].join('\n'),
    ),
    section(put(look, 'restartMeans')),
    ...(dialog.later ? [picker(shown, look)] : []),
  ]
}

function budgetLine({ allows, budgetUnknown }: Shown, look: Look): string[] {
  if (budgetUnknown) return [put(look, 'restartBudgetUnknown')]
  if (allows === undefined) return [put(look, 'restartNoBudget')]
  return [put(look, allows === 0 ? 'restartBudgetSpent' : 'restartBudget', { allows })]
}

/** Nothing is restarted from here: why, and what to do instead, with the exact command where there is one. */
function refused(coded: { readonly code: string; readonly facts: Facts }, look: Look): Block[] {
  const { what, next } = told(look, coded)
  const { how } = coded.facts
  return [section(next ? `${what}\n${next}` : what), ...(typeof how === 'string' ? [preformatted(how)] : [])]
}

function picker({ offered, hours, zone }: Shown, look: Look): Block {
  const isSaid = hours !== undefined && zone !== undefined
  return {
    type: 'input',
    block_id: WHEN_BLOCK,
    label: plain(put(look, 'restartWhen'), 2000),
    hint: plain(isSaid ? put(look, 'restartWhenHint', { hours, zone }) : put(look, 'restartWhenHintPlain'), 2000),
    element: { type: 'datetimepicker', action_id: DRAFT_INPUT, initial_date_time: offered },
  }
}
