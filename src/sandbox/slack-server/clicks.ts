import { copyOf, objectOf, objectsOf, textOf } from './json.ts'
import type { Json } from './json.ts'
import type { SlackMessage, SlackView } from './model.ts'
import { messageActionPayload, viewActionPayload } from './payloads.ts'
import { channelOf, notSent, perform, userOf } from './people.ts'
import type { Seen, Stage } from './people.ts'
import { renderVersion } from './render.ts'
import { elementsIn, initialValues, stateOf, valueKeys } from './views.ts'
import { current, findMessage, happened } from './world.ts'
import type { World } from './world.ts'

/** Parts of a payload that were never rendered, to try what a forger could send. */
export type Forge = {
  readonly value?: string
  readonly blockId?: string
  /** Laid over the `message` (or `view`) of the payload. */
  readonly message?: Json
  readonly view?: Json
  /** Laid over the one action. */
  readonly action?: Json
  /** Laid over the whole payload, last. */
  readonly payload?: Json
}

export type ClickArgs = {
  readonly user: string
  /** A message: channel and ts. Or a view: viewId, or the person's Home tab. */
  readonly channel?: string
  readonly ts?: string
  readonly viewId?: string
  readonly home?: boolean
  readonly actionId: string
  /** Which of several elements with this action id. */
  readonly blockId?: string
  readonly value?: string
  /** What the person says to the confirm dialog, if there is one; default true. */
  readonly confirm?: boolean
  /** The version of the message that this person's client still shows (0 is the first): a click that comes too late. */
  readonly asOf?: number
  readonly forge?: Forge
}

export type SelectArgs = ClickArgs & { readonly values?: readonly string[] }

type Spot = { readonly message?: SlackMessage; readonly view?: SlackView; readonly blocks: readonly Json[] }
type Found = { readonly block: Json; readonly element: Json }

/** Presses a button of the message or view as it is now. Throws when no such button is there, unless it is forged. */
export async function click(stage: Stage, args: ClickArgs): Promise<Seen> {
  const spot = spotOf(stage.world, args)
  const wanted = (element: Json) => args.value === undefined || element['value'] === args.value
  const found = findElement(spot, args, wanted)
  if (asksConfirm(found.element) && args.confirm === false) return notSent({})
  const { text, value, style, url } = found.element
  return act(stage, args, spot, found, { type: 'button', text, value, style, url })
}

/** Chooses in a select, overflow, radio, checkbox, date or user picker: `value`, or `values` where several may be chosen. */
export async function select(stage: Stage, args: SelectArgs): Promise<Seen> {
  const spot = spotOf(stage.world, args)
  const found = findElement(spot, args, () => true)
  if (asksConfirm(found.element) && args.confirm === false) return notSent({})
  const chosen = chosenValue(found.element, args.values ?? args.value ?? null)
  if (spot.view !== undefined && found.element['type'] !== 'overflow') {
    const own = (stateOf(spot.view)[textOf(found.block['block_id'])] ??= {})
    own[textOf(found.element['action_id'])] = { type: found.element['type'], ...chosen }
  }
  return act(stage, args, spot, found, {
    type: found.element['type'],
    placeholder: found.element['placeholder'],
    ...chosen,
  })
}

/** The member of state and action that carries this choice; options are looked up by their value. */
export function chosenValue(element: Json, value: unknown): Json {
  const type = textOf(element['type'])
  const key = type === 'overflow' ? 'selected_option' : (valueKeys[type]?.[0] ?? 'value')
  if (key === 'selected_option') return { [key]: value === null ? null : optionOf(element, value) }
  if (key === 'selected_options')
    return { [key]: (Array.isArray(value) ? value : [value]).map((one) => optionOf(element, one)) }
  return { [key]: value }
}

function optionOf(element: Json, value: unknown): Json {
  const options = [
    ...objectsOf(element['options']),
    ...objectsOf(element['option_groups']).flatMap((g) => objectsOf(g['options'])),
  ]
  const found = options.find((option) => option['value'] === value)
  if (found === undefined)
    throw new Error(`no option ${String(value)}; there are: ${options.map((o) => textOf(o['value'])).join(', ')}`)
  return copyOf(found)
}

function spotOf(world: World, args: ClickArgs): Spot {
  return args.home === true || args.viewId !== undefined ? viewSpot(world, args) : messageSpot(world, args)
}

function viewSpot(world: World, args: ClickArgs): Spot {
  const modal = () => world.views.find((one) => one.id === args.viewId && one.open)
  const view = args.home === true ? world.homes.get(args.user) : modal()
  if (view === undefined || view.user !== args.user) throw new Error(`${args.user} sees no such view`)
  return { view, blocks: objectsOf(view.view['blocks']) }
}

function messageSpot(world: World, args: ClickArgs): Spot {
  const message = findMessage(world, args.channel ?? '', args.ts ?? '')
  if (message === undefined || !seenBy(message, args)) throw new Error(`${args.user} sees no message ${args.ts ?? ''}`)
  const version = args.asOf === undefined ? current(message) : message.versions[args.asOf]
  if (version === undefined) throw new Error(`message ${message.ts} has no version ${String(args.asOf)}`)
  return { message, blocks: [...version.blocks, ...version.attachments.flatMap((a) => objectsOf(a['blocks']))] }
}

/** A deleted message can only be clicked by a client that lags behind, or a forger. */
function seenBy(message: SlackMessage, args: ClickArgs): boolean {
  if (message.onlyFor !== undefined && message.onlyFor !== args.user) return false
  return !message.deleted || args.asOf !== undefined || args.forge !== undefined
}

function findElement(spot: Spot, args: ClickArgs, wanted: (element: Json) => boolean): Found {
  const all = spot.blocks.flatMap((block) => elementsIn(block).map((element) => ({ block, element })))
  const found = all.find(
    ({ block, element }) =>
      element['action_id'] === args.actionId &&
      (args.blockId === undefined || block['block_id'] === args.blockId) &&
      wanted(element),
  )
  if (found !== undefined) return found
  if (args.forge !== undefined)
    return {
      block: { block_id: args.blockId ?? 'forged' },
      element: { type: 'button', action_id: args.actionId, text: { type: 'plain_text', text: 'forged' } },
    }
  const there = all.map(({ element }) => textOf(element['action_id'])).join(', ') || 'none'
  const says = spot.message === undefined ? '' : `\n${renderVersion(current(spot.message))}`
  throw new Error(`nothing to press with action id ${args.actionId}; there is: ${there}${says}`)
}

function asksConfirm(element: Json): boolean {
  return element['confirm'] !== undefined
}

function act(stage: Stage, args: ClickArgs, spot: Spot, found: Found, chosen: Json): Promise<Seen> {
  const user = userOf(stage.world, args.user)
  const triggerId = stage.triggers.issue(user.id, spot.view?.id)
  const label = textOf(objectOf(found.element['text'])['text'])
  happened(
    stage.world,
    `${user.name} presses [${label === '' ? args.actionId : label}]${args.forge === undefined ? '' : ' (forged)'}`,
  )
  const actions = [actionOf(stage.world, args, found, chosen)]
  if (spot.view !== undefined) {
    const payload = forged(viewActionPayload(stage.world, { user, view: spot.view, actions, triggerId }), args.forge)
    return perform(stage, { parcel: { kind: 'interactive', payload, takesAnswer: false }, user: user.id, triggerId })
  }
  const message = spot.message
  if (message === undefined) throw new Error('a click needs a message or a view')
  const responseUrl = stage.responseUrls.issue(user.id, message.channel, message)
  const state = initialValues(spot.blocks)
  const channel = channelOf(stage.world, message.channel)
  const honest = messageActionPayload(stage.world, {
    user,
    channel,
    message,
    actions,
    state,
    responseUrl: responseUrl.url,
    triggerId,
  })
  return perform(stage, {
    parcel: { kind: 'interactive', payload: forged(honest, args.forge), takesAnswer: false },
    user: user.id,
    triggerId,
    responseUrl,
  })
}

function actionOf(world: World, args: ClickArgs, found: Found, chosen: Json): Json {
  const { forge } = args
  return copyOf({
    action_id: args.actionId,
    block_id: forge?.blockId ?? found.block['block_id'],
    action_ts: (world.now() / 1000).toFixed(6),
    ...chosen,
    ...(forge?.value === undefined ? {} : { value: forge.value }),
    ...forge?.action,
  })
}

function forged(payload: Json, forge: Forge | undefined): Json {
  if (forge === undefined) return payload
  const over: Json = {}
  if (forge.message !== undefined) over['message'] = { ...objectOf(payload['message']), ...forge.message }
  if (forge.view !== undefined) over['view'] = { ...objectOf(payload['view']), ...forge.view }
  return { ...payload, ...over, ...forge.payload }
}
