import type { WebClient } from '@slack/web-api'
import type { Clock } from '../kernel/clock.ts'
import type { Locale } from '../wire/names.ts'
import { spoken, type Languages } from './language.ts'
import type { Look } from './views/look.ts'

const DAY_MS = 86_400_000
const KEPT = 5000

/** Names and languages of people and groups, for what is shown. Never a ground for a right. */
export type Names = {
  /** A look in which every id in `facts` has its name; an id that Slack doesn't explain now is shown as it is. */
  readonly lookFor: (locale: Locale, facts: unknown) => Promise<Look>
  /** The language that a person chose here, else in Slack, else the given one. */
  readonly localeOf: (user: string, otherwise: Locale) => Promise<Locale>
  /** The same from what is known already: Slack opens a dialog only within three seconds. */
  readonly localeAtHand: (user: string, otherwise: Locale) => Locale
}

type Known = { readonly at: number; readonly name: string; readonly locale?: string }

export function names(client: WebClient, machine: Clock, command: string, chosen: Languages): Names {
  const known = new Map<string, Known>()
  const learn = async (id: string): Promise<Known | null> => {
    const kept = known.get(id)
    if (kept && machine.now() - kept.at < DAY_MS) return kept
    const found = id.startsWith('S') ? await groupName(client, id) : await userName(client, id)
    if (found === null) return kept ?? null
    if (known.size >= KEPT) known.delete(known.keys().next().value ?? '')
    const fresh = { at: machine.now(), ...found }
    known.set(id, fresh)
    return fresh
  }
  return {
    lookFor: async (locale, facts) => {
      const ids = [...idsIn(facts)]
      const found = await Promise.all(ids.map(learn))
      const map = new Map(ids.map((id, index) => [id, found[index]?.name ?? id]))
      return { locale, command, name: (id) => map.get(id) ?? known.get(id)?.name ?? id }
    },
    localeAtHand: (user, otherwise) => {
      const own = chosen.atHand(user)
      return own === 'auto' ? spoken(known.get(user)?.locale, otherwise) : own
    },
    localeOf: async (user, otherwise) => {
      const own = await chosen.of(user)
      return own === 'auto' ? spoken((await learn(user))?.locale, otherwise) : own
    },
  }
}

async function userName(client: WebClient, id: string): Promise<{ name: string; locale?: string } | null> {
  const said = await client.users.info({ user: id, include_locale: true }).catch(() => null)
  if (!said?.user) return null
  const { real_name: realName, name, locale } = said.user
  return { name: realName ?? name ?? id, ...(locale ? { locale } : {}) }
}

async function groupName(client: WebClient, id: string): Promise<{ name: string } | null> {
  const said = await client.usergroups.list({ include_disabled: true }).catch(() => null)
  const group = said?.usergroups?.find((each) => each.id === id)
  return group ? { name: `@${group.handle ?? group.name ?? id}` } : null
}

const ID = /^[UWS][A-Z0-9]{3,}$/

/** Every string that looks like a user or group id, wherever it stands, except codes. */
function idsIn(value: unknown, key = ''): Set<string> {
  if (typeof value === 'string') return new Set(ID.test(value) && key !== 'code' ? [value] : [])
  if (Array.isArray(value)) return new Set(value.flatMap((item) => [...idsIn(item, key)]))
  if (value === null || typeof value !== 'object') return new Set()
  return new Set(Object.entries(value).flatMap(([name, inner]) => [...idsIn(inner, name)]))
}
