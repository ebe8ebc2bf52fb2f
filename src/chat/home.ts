import { isoOf } from '../kernel/clock.ts'
import { messageOf } from '../kernel/errors.ts'
import type { Chat } from './chat.ts'
import { ownTeams, type TeamsOf } from './own-teams.ts'
import { linkTo } from './message-link.ts'
import { knownOf, stragglersOf } from './read-known.ts'
import { troubleOf } from './slack-errors.ts'
import { waitingFor } from './views/approvals.ts'
import { homeView, type HomeFacts } from './views/home.ts'

/** App Home of everybody. Nothing here throws: a page that can't be drawn is a line in the log, and is drawn at the next opening. */
export type Homes = {
  /** Somebody opened theirs; `view` is what Slack has of it. */
  readonly opened: (user: string, view: { readonly hash: string; readonly metadata: string } | null) => Promise<void>
  /** Draws somebody's page; where a newer one than that of the hash stands there, from everything as it is then. */
  readonly publish: (user: string, hash?: string) => Promise<void>
  /** Something happened in a cluster. */
  readonly changed: () => void
  /** Draws the pages again of those who had theirs open a short time ago, where something changed. */
  readonly refresh: () => Promise<void>
}

/** Longer ago than this nobody looks at the page any more; opening draws it anew anyway. */
const LATELY_MS = 60 * 60_000
/** views.publish is Tier 4: some 100 calls a minute for everybody. */
const MOST = 30

export function homes(chat: Chat): Homes {
  const lately = new Map<string, number>()
  const teamsOf = ownTeams(chat)
  const now = (): number => chat.clocks.machine.now()
  let dirty = false
  const publish = async (user: string, hash = ''): Promise<void> => {
    const first = await put(chat, teamsOf, user, hash)
    if (first === 'hash_conflict') await put(chat, teamsOf, user, '')
  }
  return {
    publish,
    opened: async (user, view) => {
      lately.delete(user)
      lately.set(user, now())
      if (view) await chat.languages.giveBack(user, view.metadata).catch(() => undefined)
      await publish(user, view?.hash)
    },
    changed: () => {
      dirty = true
    },
    refresh: async () => {
      if (!dirty) return
      dirty = false
      for (const [user, at] of lately) if (now() - at > LATELY_MS) lately.delete(user)
      for (const user of [...lately.keys()].slice(-MOST)) await publish(user)
    },
  }
}

/** Publishes, and gives Slack's word for why it could not. */
async function put(chat: Chat, teamsOf: TeamsOf, user: string, hash: string): Promise<string | null> {
  try {
    const facts = await factsOf(chat, teamsOf, user)
    const look = await chat.names.lookFor(await chat.names.localeOf(user, chat.settings.locale), facts)
    const view = homeView(facts, look)
    await chat.reading.views.publish({ user_id: user, view, ...(hash ? { hash } : {}) })
    return null
  } catch (error) {
    const trouble = troubleOf(error)
    const said = 'error' in trouble ? trouble.error : trouble.kind
    if (said !== 'hash_conflict') chat.log.warn('an App Home could not be drawn', { user, trouble: messageOf(error) })
    return said
  }
}

async function factsOf(chat: Chat, teamsOf: TeamsOf, user: string): Promise<HomeFacts> {
  const { settings, clocks } = chat
  const about = { at: isoOf(clocks.calendar.now()), language: await chat.languages.of(user) }
  const person = await chat.people.personOf(user)
  if (!person.ok) return { ...about, refused: person.refusal }
  const names = settings.clusters.map(({ name }) => name)
  const [known, lists, own] = await Promise.all([knownOf(chat, names), stragglersOf(chat, names), teamsOf(user)])
  if (!known || !lists) return { ...about, refused: { code: 'QUEUE_UNREACHABLE', facts: {} } }
  const statuses = known.flatMap(({ status }) => status ?? [])
  return {
    ...about,
    waiting: waitingFor(statuses, person.value, (posted) => linkTo(chat, posted)),
    known,
    teams: { own: own.teams.map(({ name }) => name), known: settings.teams.length, isSure: own.isSure, lists },
  }
}
