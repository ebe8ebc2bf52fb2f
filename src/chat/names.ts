import type { WebClient } from '@slack/web-api'
import type { Clock } from '../kernel/clock.ts'
import type { Locale } from '../wire/names.ts'
import { knownNames, type Known } from './known-names.ts'
import { spoken, type Languages } from './language.ts'
import type { Look } from './views/look.ts'
import { withinTime } from './within-time.ts'

/** An answer waits so long for names; what comes later is there for the next one. */
const WAIT_MS = 2000
/** So many are asked for at a time: everything that the app asks of Slack shares what Slack allows. */
const AT_ONCE = 10

/** Names and languages of people and groups, for what is shown. Never a ground for a right. */
export type Names = {
  /** A look in which every id in `facts` has its name; an id that Slack doesn't explain now, or not soon, is shown as it is. */
  readonly lookFor: (locale: Locale, facts: unknown) => Promise<Look>
  /** The language that a person chose here, else in Slack, else the given one. */
  readonly localeOf: (user: string, otherwise: Locale) => Promise<Locale>
  /** The same from what is known already: Slack opens a dialog only within three seconds. */
  readonly localeAtHand: (user: string, otherwise: Locale) => Locale
}

export function names(
  client: WebClient,
  machine: Clock,
  command: string,
  chosen: Languages,
  waitMs: number = WAIT_MS,
): Names {
  const { learn, atHand } = knownNames(client, machine)
  const learnAll = async (ids: readonly string[]): Promise<void> => {
    for (let from = 0; from < ids.length; from += AT_ONCE) await Promise.all(ids.slice(from, from + AT_ONCE).map(learn))
  }
  const localeIn = (known: Known | null, otherwise: Locale): Locale => spoken(known?.locale, otherwise)
  return {
    lookFor: async (locale, facts) => {
      await withinTime(learnAll([...idsIn(facts)]), waitMs).catch(() => undefined)
      return { locale, command, name: (id) => atHand(id)?.name ?? id }
    },
    localeAtHand: (user, otherwise) => {
      const own = chosen.atHand(user)
      return own === 'auto' ? localeIn(atHand(user), otherwise) : own
    },
    localeOf: async (user, otherwise) => {
      const own = await chosen.of(user)
      return own === 'auto' ? localeIn(await learn(user), otherwise) : own
    },
  }
}

const ID = /^[UWS][A-Z0-9]{3,}$/

/** Every string that looks like a user or group id, wherever it stands, except codes. */
function idsIn(value: unknown, key = ''): Set<string> {
  if (typeof value === 'string') return new Set(ID.test(value) && key !== 'code' ? [value] : [])
  if (Array.isArray(value)) return new Set(value.flatMap((item) => [...idsIn(item, key)]))
  if (value === null || typeof value !== 'object') return new Set()
  return new Set(Object.entries(value).flatMap(([name, inner]) => [...idsIn(inner, name)]))
}
