import { codePoints, copyOf, isObject, objectOf, objectsOf, textOf } from './json.ts'
import type { Json } from './json.ts'
import { chosenValue } from './clicks.ts'
import type { Forge } from './clicks.ts'
import type { SlackView } from './model.ts'
import { closedPayload, submissionPayload } from './payloads.ts'
import { notSent, perform, userOf } from './people.ts'
import type { Seen, Stage } from './people.ts'
import { validateView } from './validate-view.ts'
import { closeViews, elementsIn, openView, replaceView, stackOf, stateOf, valueKeys } from './views.ts'
import { happened } from './world.ts'
import type { World } from './world.ts'

export type SubmitArgs = {
  readonly user: string
  /** Default the person's topmost modal. */
  readonly viewId?: string
  /** By block id: what was typed or chosen (an option by its value, several as a list). Other fields keep their initial values. */
  readonly values?: Readonly<Record<string, unknown>>
  /** Laid over the view of the payload; also skips the client's own checks of the form. */
  readonly forge?: Forge
}

/** Presses Submit. The client first checks required fields and lengths, as Slack's does; then the ack decides what is seen. */
export async function submit(stage: Stage, args: SubmitArgs): Promise<Seen> {
  const view = modalOf(stage.world, args)
  const user = userOf(stage.world, args.user)
  fillIn(view, args.values ?? {})
  const errors = args.forge === undefined ? missing(view) : {}
  if (Object.keys(errors).length > 0) return notSent({}, errors)
  const typed = Object.entries(args.values ?? {}).map(([block, value]) => `${block}: ${String(value)}`)
  happened(stage.world, `${user.name} submits the modal`, typed.join('\n'))
  const triggerId = stage.triggers.issue(user.id, view.id)
  const shown = { ...copyOf(view.view), ...args.forge?.view }
  const payload = { ...submissionPayload(stage.world, { user, view: shown, triggerId }), ...args.forge?.payload }
  const seen = await perform(stage, {
    parcel: { kind: 'interactive', payload, takesAnswer: true },
    user: user.id,
    triggerId,
  })
  return seen.acked ? { ...seen, ...followAck(stage.world, view, objectOf(seen.body)) } : seen
}

/** Closes the topmost modal (or the one named); the app hears of it only when the view has `notify_on_close`. */
export async function closeModal(
  stage: Stage,
  args: { readonly user: string; readonly viewId?: string },
): Promise<Seen> {
  const view = modalOf(stage.world, args)
  const payload = closedPayload(stage.world, {
    user: userOf(stage.world, args.user),
    view: copyOf(view.view),
    cleared: false,
  })
  closeViews(stage.world, view, false)
  if (view.view['notify_on_close'] !== true) return notSent(payload)
  return perform(stage, { parcel: { kind: 'interactive', payload, takesAnswer: false }, user: args.user })
}

function modalOf(world: World, args: { readonly user: string; readonly viewId?: string }): SlackView {
  const stack = stackOf(world, args.user)
  const view = args.viewId === undefined ? stack.at(-1) : stack.find((one) => one.id === args.viewId)
  if (view === undefined) throw new Error(`${args.user} has no such modal open`)
  return view
}

function fillIn(view: SlackView, values: Readonly<Record<string, unknown>>): void {
  const blocks = objectsOf(view.view['blocks'])
  for (const [blockId, value] of Object.entries(values)) {
    const block = blocks.find((one) => one['block_id'] === blockId)
    const element = block === undefined ? undefined : elementsIn(block)[0]
    if (element === undefined)
      throw new Error(`no field in block ${blockId}; there are: ${blocks.map((b) => textOf(b['block_id'])).join(', ')}`)
    const own = (stateOf(view)[blockId] ??= {})
    own[textOf(element['action_id'])] = { type: element['type'], ...chosenValue(element, value) }
  }
}

/** What Slack's client itself refuses to send: an empty field that isn't optional, a text too short or too long. */
function missing(view: SlackView): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const block of objectsOf(view.view['blocks']).filter((one) => one['type'] === 'input')) {
    const blockId = textOf(block['block_id'])
    const element = objectOf(block['element'])
    const state = stateOf(view)[blockId]?.[textOf(element['action_id'])] ?? {}
    const value = state[valueKeys[textOf(element['type'])]?.[0] ?? 'value']
    const error = complaint(element, value, block['optional'] === true)
    if (error !== undefined) errors[blockId] = error
  }
  return errors
}

function complaint(element: Json, value: unknown, optional: boolean): string | undefined {
  if (isEmpty(value)) return optional ? undefined : 'Please complete this required field.'
  if (typeof value !== 'string') return undefined
  const { min_length: min, max_length: max } = element
  if (typeof min === 'number' && codePoints(value) < min) return `at least ${min} characters`
  return typeof max === 'number' && codePoints(value) > max ? `at most ${max} characters` : undefined
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** What the ack of a submission makes the client do: nothing means close this view. */
function followAck(world: World, view: SlackView, body: Json): Partial<Seen> {
  const action = textOf(body['response_action'])
  if (action === 'errors') return showErrors(world, view, body['errors'])
  if (action === 'update' || action === 'push') return showView(world, view, body['view'], action)
  closeViews(world, view, action === 'clear')
  return {}
}

/** Errors must be keyed by input blocks of this view, else Slack shows a general failure. */
function showErrors(world: World, view: SlackView, errors: unknown): Partial<Seen> {
  const inputs = objectsOf(view.view['blocks'])
    .filter((b) => b['type'] === 'input')
    .map((b) => textOf(b['block_id']))
  const entries = Object.entries(isObject(errors) ? errors : {}).map(([block, text]): [string, string] => [
    block,
    textOf(text),
  ])
  if (entries.length === 0 || entries.some(([block]) => !inputs.includes(block))) return { refused: 'invalid_errors' }
  happened(world, 'the modal shows errors', entries.map(([block, text]) => `${block}: ${text}`).join('\n'))
  return { errors: Object.fromEntries(entries) }
}

function showView(world: World, view: SlackView, next: unknown, action: 'update' | 'push'): Partial<Seen> {
  const refused = validateView(next)
  if (refused !== null) return { refused: refused.error }
  if (action === 'update') replaceView(world, view, objectOf(next))
  else openView(world, view.user, objectOf(next), view)
  return {}
}
