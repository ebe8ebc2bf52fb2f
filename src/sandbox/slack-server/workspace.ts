import type { SlackBot, SlackChannel, SlackGroup, SlackUser } from './model.ts'
import type { World } from './world.ts'

export type Workspace = {
  readonly bot: SlackBot
  readonly users: readonly SlackUser[]
  readonly groups: readonly SlackGroup[]
  /** Direct channels too, once they were opened. */
  readonly channels: readonly SlackChannel[]
}

/** Who and what is there now; not to be changed. */
export function workspaceOf(world: World): Workspace {
  return {
    bot: world.bot,
    users: [...world.users.values()],
    groups: [...world.groups.values()],
    channels: [...world.channels.values()],
  }
}
