import type { Chat } from './chat.ts'
import { membership, type Groups } from './groups.ts'
import type { ChatTeam } from './settings.ts'

/** Which of the settings' teams are somebody's. `isSure` is false where Slack did not say all of it. */
type OwnTeams = { readonly teams: readonly ChatTeam[]; readonly isSure: boolean }

/** A team is somebody's whose contact or member they are, by themselves or by a group, or who is in its channel. */
export type TeamsOf = (user: string) => Promise<OwnTeams>

export function ownTeams({ reading, settings, clocks }: Pick<Chat, 'reading' | 'settings' | 'clocks'>): TeamsOf {
  const { teams } = settings
  const groups = membership(reading, clocks.machine)
  return async (user) => {
    if (teams.length === 0) return { teams: [], isSure: true }
    const [channels, own] = await Promise.all([channelsOf(reading, user), groupsOf(groups, user, teams)])
    const isOwn = (team: ChatTeam): boolean =>
      (channels ?? []).includes(team.channel) || peopleOf(team).some((id) => id === user || (own ?? []).includes(id))
    return { teams: teams.filter(isOwn), isSure: channels !== null && own !== null }
  }
}

function peopleOf({ contact, members = [] }: ChatTeam): readonly string[] {
  return contact === undefined ? members : [contact, ...members]
}

/** The user groups of the teams' contacts and members to which somebody belongs; null where Slack doesn't say. */
async function groupsOf(groups: Groups, user: string, teams: readonly ChatTeam[]): Promise<readonly string[] | null> {
  const ids = new Set(teams.flatMap(peopleOf).filter((id) => id.startsWith('S')))
  const said = await groups.of(user, [...ids])
  return said.ok ? said.value : null
}

const PAGES = 5

/** The channels that somebody is in, of the private ones those that the bot is in too; null where Slack doesn't say. */
async function channelsOf(client: Chat['reading'], user: string): Promise<readonly string[] | null> {
  const found: string[] = []
  let cursor = ''
  try {
    for (let page = 0; page < PAGES; page += 1) {
      const types = 'public_channel,private_channel'
      const said = await client.users.conversations({ user, types, limit: 999, ...(cursor ? { cursor } : {}) })
      found.push(...(said.channels ?? []).flatMap(({ id }) => id ?? []))
      cursor = said.response_metadata?.next_cursor ?? ''
      if (cursor === '') return found
    }
    return found
  } catch {
    return null
  }
}
