import { objectOf, textOf, wordOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { botMethod, no } from './method.ts'
import type { Context, Method } from './method.ts'
import type { SlackView } from './model.ts'
import { validateView } from './validate-view.ts'
import { openView, replaceView, stackOf } from './views.ts'
import type { World } from './world.ts'

function refusal(view: unknown, type: 'modal' | 'home'): Json | undefined {
  const refused = validateView(view)
  if (refused !== null) return no(refused.error, refused.messages)
  return objectOf(view)['type'] === type
    ? undefined
    : no('invalid_arguments', [`[ERROR] must be ${type} [json-pointer:/view/type]`])
}

function taken(world: World, view: Json, except?: SlackView): boolean {
  const id = wordOf(view['external_id'])
  return (
    id !== undefined && world.views.some((other) => other.open && other !== except && other.view['external_id'] === id)
  )
}

function open(context: Context, args: Json): Json {
  const refused = refusal(args['view'], 'modal')
  if (refused !== undefined) return refused
  const view = objectOf(args['view'])
  if (taken(context.world, view)) return no('duplicate_external_id')
  const trigger = context.triggers.exchange(textOf(args['trigger_id']))
  if (typeof trigger === 'string') return no(trigger)
  for (const old of stackOf(context.world, trigger.user)) old.open = false
  return { ok: true, view: openView(context.world, trigger.user, view).view }
}

function push(context: Context, args: Json): Json {
  const refused = refusal(args['view'], 'modal')
  if (refused !== undefined) return refused
  const view = objectOf(args['view'])
  if (taken(context.world, view)) return no('duplicate_external_id')
  const trigger = context.triggers.exchange(textOf(args['trigger_id']))
  if (typeof trigger === 'string') return no(trigger)
  const stack = stackOf(context.world, trigger.user)
  const top = stack.at(-1)
  if (top === undefined) return no('not_found')
  if (stack.length >= limits.view.stack) return no('push_limit_reached')
  return { ok: true, view: openView(context.world, trigger.user, view, top).view }
}

function update({ world }: Context, args: Json): Json {
  const { view_id: id, external_id: external } = args
  const found = world.views.find(
    (one) => one.open && (id === undefined ? one.view['external_id'] === external : one.id === id),
  )
  const home = [...world.homes.values()].find((one) => one.id === id)
  const target = found ?? home
  if (target === undefined) return no('not_found')
  const refused = refusal(args['view'], home === undefined ? 'modal' : 'home')
  if (refused !== undefined) return refused
  if (stale(target, args)) return no('hash_conflict')
  const view = objectOf(args['view'])
  if (taken(world, view, target)) return no('duplicate_external_id')
  replaceView(world, target, view)
  return { ok: true, view: target.view }
}

function publish({ world }: Context, args: Json): Json {
  const user = textOf(args['user_id'])
  if (!world.users.has(user)) return no('user_not_found')
  const refused = refusal(args['view'], 'home')
  if (refused !== undefined) return refused
  const home = world.homes.get(user)
  if (home === undefined) return { ok: true, view: openView(world, user, objectOf(args['view'])).view }
  if (stale(home, args)) return no('hash_conflict')
  replaceView(world, home, objectOf(args['view']))
  return { ok: true, view: home.view }
}

function stale(view: SlackView, args: Json): boolean {
  const hash = wordOf(args['hash'])
  return hash !== undefined && hash !== view.hash
}

export const viewMethods: Record<string, Method> = {
  'views.open': botMethod([], open),
  'views.push': botMethod([], push),
  'views.update': botMethod([], update),
  'views.publish': botMethod([], publish),
}
