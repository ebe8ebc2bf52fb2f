import { randomBytes } from 'node:crypto'
import { isObject, listOf, objectOf, objectsOf, textOf } from './json.ts'
import type { Json } from './json.ts'
import type { SlackView } from './model.ts'
import { renderView } from './render.ts'
import { happened, randomId, userName, withIds } from './world.ts'
import type { World } from './world.ts'

/** Shows a new view to a person: a modal on the top of the stack, or the Home tab. `under` is the view below it. */
export function openView(world: World, user: string, view: Json, under?: SlackView): SlackView {
  const id = randomId('V')
  const root = under === undefined ? id : textOf(under.view['root_view_id'])
  const opened: SlackView = { id, user, view: {}, hash: '', open: true }
  fillView(world, opened, view, { root_view_id: root, previous_view_id: under?.id ?? null })
  if (view['type'] === 'home') world.homes.set(user, opened)
  else world.views.push(opened)
  const what = view['type'] === 'home' ? 'the Home tab of' : 'a modal for'
  happened(world, `${world.bot.name} shows ${what} ${userName(world, user)}`, renderView(opened.view))
  return opened
}

/** Replaces what a view shows; what the person typed stays in inputs whose block and action ids stay. */
export function replaceView(world: World, opened: SlackView, view: Json): void {
  const { root_view_id, previous_view_id } = opened.view
  fillView(world, opened, view, { root_view_id, previous_view_id })
  happened(world, `${world.bot.name} changes a view of ${userName(world, opened.user)}`, renderView(opened.view))
}

function fillView(world: World, target: SlackView, view: Json, links: Json): void {
  const blocks = withIds(objectsOf(view['blocks']))
  target.hash = `${Math.floor(world.now() / 1000)}.${randomBytes(4).toString('hex')}`
  target.view = {
    id: target.id,
    team_id: world.team.id,
    type: view['type'],
    blocks,
    private_metadata: textOf(view['private_metadata']),
    callback_id: textOf(view['callback_id']),
    state: { values: initialValues(blocks) },
    hash: target.hash,
    title: view['title'] ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view['clear_on_close'] === true,
    notify_on_close: view['notify_on_close'] === true,
    close: view['close'] ?? null,
    submit: view['submit'] ?? null,
    ...links,
    app_id: world.bot.appId,
    external_id: textOf(view['external_id']),
    app_installed_team_id: world.team.id,
    bot_id: world.bot.botId,
  }
}

/** The state of a view or message that nobody touched: what its elements start with. */
export function initialValues(blocks: readonly Json[]): Record<string, Record<string, Json>> {
  const values: Record<string, Record<string, Json>> = {}
  for (const block of blocks) {
    const stateful = elementsIn(block).filter(
      (element) => !['button', 'overflow', 'image'].includes(textOf(element['type'])),
    )
    for (const element of stateful) {
      const own = (values[textOf(block['block_id'])] ??= {})
      own[textOf(element['action_id'])] = { type: element['type'], ...initialValue(element) }
    }
  }
  return values
}

/** The interactive elements of a block. */
export function elementsIn(block: Json): Json[] {
  const direct = [
    block['element'],
    block['accessory'],
    ...listOf(block['elements']),
    ...listOf(block['actions']),
  ].filter(isObject)
  const nested = [
    ...objectsOf(block['child_blocks']),
    ...(block['type'] === 'carousel' ? objectsOf(block['elements']) : []),
  ].flatMap(elementsIn)
  return [...direct, ...nested].filter((element) => element['action_id'] !== undefined)
}

function initialValue(element: Json): Json {
  const type = textOf(element['type'])
  const [key, from] = valueKeys[type] ?? ['value', 'initial_value']
  const fallback = key.endsWith('s') ? [] : null
  return { [key]: element[from] ?? fallback }
}

/** In which member the state holds a value, and where the element says what it starts with. */
export const valueKeys: Record<string, readonly [string, string]> = {
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  checkboxes: ['selected_options', 'initial_options'],
  multi_static_select: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_users_select: ['selected_users', 'initial_users'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
}

/** The modals that a person has open, lowest first. */
export function stackOf(world: World, user: string): SlackView[] {
  return world.views.filter((view) => view.user === user && view.open)
}

/** Closes one view, or with `all` the whole stack. */
export function closeViews(world: World, view: SlackView, all: boolean): void {
  for (const one of all ? stackOf(world, view.user) : [view]) one.open = false
  happened(world, `${userName(world, view.user)}'s modal closes`)
}

export function stateOf(view: SlackView): Record<string, Record<string, Json>> {
  return objectOf(objectOf(view.view['state'])['values']) as Record<string, Record<string, Json>>
}
