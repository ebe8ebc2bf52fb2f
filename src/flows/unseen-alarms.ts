import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof } from '../wire/run.ts'
import { placesOf } from './injection-alarms.ts'
import { factsOf } from './verified.ts'

/** Keys of these alarms begin with it. */
export const UNSEEN_PREFIX = 'unseen.'
const BLIND = `${UNSEEN_PREFIX}blind`

/**
 * So long something may stay unseen before it is an alarm, in ms by the machine clock, and so soon is the next look then: with a look
 * every five seconds it is told within ten, as a gap would be (promise 3), and an API server that answers late once wakes nobody.
 */
export const PATIENCE_MS = 3000

/** What was not seen since when. Kept while one worker leads. */
export type Unseen = {
  /** Those of `keys` that have been unseen for longer than the patience; all others are forgotten. */
  readonly overdue: (keys: readonly string[], look: Look) => readonly string[]
  /** Nothing has been looked for: whatever is unseen after this has been so since then. */
  readonly forget: () => void
  /** Whether the last look left anything unseen. */
  readonly any: () => boolean
}

/** When a look began and ended, epoch ms: one that waits for an answer until its deadline has seen nothing since it began. */
export type Look = { readonly beganMs: number; readonly nowMs: number }

export function newUnseen(): Unseen {
  let since: ReadonlyMap<string, number> = new Map()
  return {
    overdue: (keys, { beganMs, nowMs }) => {
      since = new Map(keys.map((key) => [key, since.get(key) ?? beganMs]))
      return [...since].flatMap(([key, at]) => (nowMs - at >= PATIENCE_MS ? [key] : []))
    },
    forget: () => {
      since = new Map()
    },
    any: () => since.size > 0,
  }
}

/** ALARM_BLIND when a look as a whole has failed for too long, with why. */
export function blindAlarm(unseen: Unseen, because: Coded, look: Look): ReadonlyMap<string, Coded> {
  const tooLong = unseen.overdue([BLIND], look).length > 0
  return new Map(tooLong ? [[BLIND, codedOf('ALARM_BLIND', { ...because.facts, because: because.code })]] : [])
}

/**
 * ALARM_UNPROVEN for the classes of which an API server has given no right and no wrong answer for too long, one alarm for each
 * cause; ALARM_BLIND where that is so of all of them. It names the cause, and undoes nothing: only Wrong does.
 */
export function unprovenAlarms(unseen: Unseen, proofs: readonly Proof[], look: Look): ReadonlyMap<string, Coded> {
  const asked = Map.groupBy(proofs.filter(canHavePods), (proof) => `${proof.class} ${proof.via.join()}`)
  const unproven = [...asked].filter(([, group]) => group.every(({ verdict }) => verdict === 'unprovable'))
  const keys = unproven.map(([key]) => key)
  const overdue = new Set(unseen.overdue(keys, look))
  const late = unproven.filter(([key]) => overdue.has(key)).map(([, group]) => group)
  if (late.length > 0 && late.length === asked.size) return new Map([[BLIND, unprovenOf('ALARM_BLIND', late.flat())]])
  const causes = Map.groupBy(late.flat(), ({ because }) => `${UNSEEN_PREFIX}${because?.code ?? 'NONE'}`)
  return new Map([...causes].map(([key, group]) => [key, unprovenOf('ALARM_UNPROVEN', group)]))
}

/** In a namespace that is going or gone nobody can make a pod: there is nothing to prove. */
function canHavePods({ because }: Proof): boolean {
  return because?.code !== 'PROBE_NAMESPACE_TERMINATING' && because?.code !== 'PROBE_NAMESPACE_MISSING'
}

function unprovenOf(code: string, proofs: readonly Proof[]): Coded {
  const facts = proofs[0] ? factsOf(proofs[0]) : {}
  return codedOf(code, { ...facts, ...placesOf(proofs), via: [...new Set(proofs.flatMap(({ via }) => via))] })
}
