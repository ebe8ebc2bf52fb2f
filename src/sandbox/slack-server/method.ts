import type { Json } from './json.ts'
import type { Triggers } from './triggers.ts'
import type { World } from './world.ts'

/** What a method may use besides its arguments. */
export type Context = { readonly world: World; readonly triggers: Triggers; readonly socketUrl: () => string }

/** A Web API method: which token it wants, which scopes of that token (one of them is enough), and what it does. */
export type Method = {
  readonly token: 'bot' | 'app'
  readonly scopes: (world: World, args: Json) => readonly string[]
  readonly run: (context: Context, args: Json) => Json
}

/** A method for the bot token. */
export function botMethod(scopes: readonly string[] | Method['scopes'], run: Method['run']): Method {
  return { token: 'bot', scopes: typeof scopes === 'function' ? scopes : () => scopes, run }
}

/** Slack's answer to a call that it won't do. */
export function no(error: string, messages?: readonly string[]): Json {
  return messages === undefined
    ? { ok: false, error }
    : { ok: false, error, errors: messages, response_metadata: { messages } }
}
