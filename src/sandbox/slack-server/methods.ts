import type { Method } from './method.ts'
import { chatMethods } from './methods-chat.ts'
import { conversationMethods } from './methods-conversations.ts'
import { peopleMethods } from './methods-people.ts'
import { viewMethods } from './methods-views.ts'

const connect: Method = {
  token: 'app',
  scopes: () => [],
  run: ({ socketUrl }) => ({ ok: true, url: socketUrl() }),
}

/** Every Web API method that the local Slack speaks, by name. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    'apps.connections.open': connect,
    ...chatMethods,
    ...viewMethods,
    ...peopleMethods,
    ...conversationMethods,
  }),
)
