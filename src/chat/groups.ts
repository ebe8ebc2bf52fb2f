import type { WebClient } from '@slack/web-api'
import type { Clock } from '../kernel/clock.ts'
import { ok, refuse, type Result } from '../kernel/errors.ts'
import { troubleOf } from './slack-errors.ts'

/** How long a membership may be remembered; `subteam_members_changed` forgets it sooner. */
const FRESH_MS = 60_000

export type Groups = {
  /** Which of these user groups the person belongs to now, or GROUPS_UNREADABLE {group}. */
  readonly of: (user: string, groups: readonly string[]) => Promise<Result<readonly string[]>>
  /** Everybody in a group, as it was within the last minute. Throws Slack's error. */
  readonly membersOf: (group: string) => Promise<readonly string[]>
  readonly forget: (group: string) => void
}

type Known = { readonly at: number; readonly users: Promise<ReadonlySet<string>> }

export function membership(client: WebClient, machine: Clock): Groups {
  const known = new Map<string, Known>()
  const members = (group: string): Promise<ReadonlySet<string>> => {
    const kept = known.get(group)
    if (kept && machine.now() - kept.at < FRESH_MS) return kept.users
    const users = readMembers(client, group)
    known.set(group, { at: machine.now(), users })
    users.catch(() => {
      if (known.get(group)?.users === users) known.delete(group)
    })
    return users
  }
  return {
    membersOf: async (group) => [...(await members(group))],
    forget: (group) => void known.delete(group),
    of: async (user, groups) => {
      const read = await Promise.all(groups.map((group) => belongs(group, user, members)))
      const unreadable = read.find((each) => !each.ok)
      if (unreadable && !unreadable.ok) return unreadable
      return ok(groups.filter((_, index) => read[index]?.ok === true && read[index].value))
    },
  }
}

async function belongs(
  group: string,
  user: string,
  members: (group: string) => Promise<ReadonlySet<string>>,
): Promise<Result<boolean>> {
  try {
    return ok((await members(group)).has(user))
  } catch (error) {
    const trouble = troubleOf(error)
    return refuse('GROUPS_UNREADABLE', { group, error: trouble.kind === 'limited' ? 'ratelimited' : trouble.error })
  }
}

async function readMembers(client: WebClient, group: string): Promise<ReadonlySet<string>> {
  const { users } = await client.usergroups.users.list({ usergroup: group })
  return new Set(users)
}
