import type { WebClient } from '@slack/web-api'
import type { Clock } from '../kernel/clock.ts'
import { troubleOf } from './slack-errors.ts'

const DAY_MS = 86_400_000
/** What Slack did not explain is not asked for again before: a label in capitals looks like an id each time it is drawn. */
const UNKNOWN_MS = 60_000
const KEPT = 5000

export type Known = { readonly name: string; readonly locale?: string }

export type KnownNames = {
  /** Asks Slack once at a time and a day for each id; null where it doesn't say, which is remembered for a minute. Never throws. */
  readonly learn: (id: string) => Promise<Known | null>
  /** Without asking, however old. */
  readonly atHand: (id: string) => Known | null
}

type Names = ReadonlyMap<string, Known>
type Kept = { readonly known: Known | null; readonly until: number }

/** Names and languages by id, as Slack says them. Where too much was asked nothing is asked for as long as Slack says. */
export function knownNames(client: WebClient, machine: Clock): KnownNames {
  const kept = new Map<string, Kept>()
  const asked = new Map<string, Promise<Names>>()
  let quietUntil = 0

  const atHand = (id: string): Known | null => kept.get(id)?.known ?? null
  const keep = (id: string, found: Known | undefined): void => {
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '')
    kept.set(id, { known: found ?? atHand(id), until: machine.now() + (found ? DAY_MS : UNKNOWN_MS) })
  }
  const ask = async (id: string): Promise<Names> => {
    try {
      return await (isGroup(id) ? groupNames(client) : userName(client, id))
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble.kind === 'limited') quietUntil = machine.now() + trouble.retryAfterMs
      return new Map()
    }
  }
  /** All groups come with one call, which whoever asks for another meanwhile waits for. */
  const askOnce = (id: string): Promise<Names> => {
    const what = isGroup(id) ? 'groups' : id
    const under = asked.get(what) ?? ask(id).finally(() => asked.delete(what))
    asked.set(what, under)
    return under
  }
  return {
    atHand,
    learn: async (id) => {
      const now = machine.now()
      if (now < Math.max(kept.get(id)?.until ?? 0, quietUntil)) return atHand(id)
      const found = await askOnce(id)
      for (const [each, known] of found) keep(each, known)
      if (!found.has(id)) keep(id, undefined)
      return atHand(id)
    },
  }
}

function isGroup(id: string): boolean {
  return id.startsWith('S')
}

async function userName(client: WebClient, id: string): Promise<Names> {
  const { user } = await client.users.info({ user: id, include_locale: true })
  if (!user) return new Map()
  const { real_name: realName, name, locale } = user
  return new Map([[id, { name: realName ?? name ?? id, ...(locale ? { locale } : {}) }]])
}

async function groupNames(client: WebClient): Promise<Names> {
  const { usergroups = [] } = await client.usergroups.list({ include_disabled: true })
  return new Map(usergroups.flatMap(({ id, handle, name }) => (id ? [[id, { name: `@${handle ?? name ?? id}` }]] : [])))
}
