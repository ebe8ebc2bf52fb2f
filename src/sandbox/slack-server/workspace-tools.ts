import { addMessage } from './messages.ts'
import type { NewChannel, NewGroup, NewUser, SlackChannel, SlackGroup, SlackMessage, SlackUser } from './model.ts'
import { channelOf, userOf } from './people.ts'
import { addChannel, addGroup, addUser, changed } from './world.ts'
import type { World } from './world.ts'

/** Changes to the workspace while the server runs. No events go out by themselves: send them with `event`. */
export type WorkspaceTools = {
  readonly addUser: (user: NewUser) => SlackUser
  readonly addGroup: (group: NewGroup) => SlackGroup
  /** A new channel holds everybody unless its members are given. */
  readonly addChannel: (channel: NewChannel) => SlackChannel
  readonly changeUser: (id: string, change: Partial<SlackUser>) => void
  readonly changeGroup: (id: string, change: Partial<SlackGroup>) => void
  readonly changeChannel: (id: string, change: Partial<SlackChannel>) => void
  /** A person writes something; the bot hears nothing of it. */
  readonly say: (said: {
    readonly user: string
    readonly channel: string
    readonly text: string
    readonly threadTs?: string
  }) => SlackMessage
  /** The scopes of the bot token, all of them. */
  readonly setScopes: (scopes: readonly string[]) => void
}

export function workspaceTools(world: World): WorkspaceTools {
  const apply = <T extends object>(target: T, change: Partial<T>) => {
    Object.assign(target, change)
    changed(world)
  }
  return {
    addUser: (user) => addUser(world, user),
    addGroup: (group) => addGroup(world, group),
    addChannel: (channel) => addChannel(world, channel),
    changeUser: (id, change) => apply(userOf(world, id), change),
    changeGroup: (id, change) => {
      const group = world.groups.get(id)
      if (group === undefined) throw new Error(`no such user group: ${id}`)
      apply(group, change)
    },
    changeChannel: (id, change) => apply(channelOf(world, id), change),
    say: ({ user, channel, text, threadTs }) => {
      const content = { text, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) }
      return addMessage(world, { channel: channelOf(world, channel).id, user: userOf(world, user).id, content })
    },
    setScopes: (scopes) => {
      world.scopes.clear()
      for (const scope of scopes) world.scopes.add(scope)
    },
  }
}
