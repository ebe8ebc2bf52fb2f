import { INJECTOR_SUFFIX } from '../istio/injectors.ts'
import type { KubeEvent } from '../istio/objects.ts'
import { epochOf } from '../kernel/clock.ts'
import type { Migration } from '../wire/census.ts'
import type { Coded } from '../wire/facts.ts'
import { PROXY } from './pod-signs.ts'
import { seenOn } from './seen-on.ts'
import { keyOf, lastOf, sidesOf, type Seen, type Side, type Sides, type WorkloadNow } from './sides.ts'

export type Comparison = { readonly verdict: Coded; readonly seen: readonly Coded[] }

/** An Event of a pod that could not be made counts for so long; then somebody made it, or nobody tries any more. */
const REFUSED_LATELY_MS = 900_000

/**
 * Is it the sidecar? Compares a workload's pods with the new sidecar with its pods with an old one. "Not" and "no difference"
 * are said only of what was seen on both sides; whatever is missing makes it "can't tell".
 */
export function compareSides(now: WorkloadNow, migration: Migration, nowMs: number): Comparison {
  const sides = sidesOf(now, migration, nowMs)
  return { verdict: verdictOf(sides, now.events !== null, nowMs), seen: seenOn(sides, now.events !== null) }
}

function verdictOf(sides: Sides, eventsRead: boolean, nowMs: number): Coded {
  const { fresh, old } = sides
  const refused = fresh.events.find((event) => isRefusedByInjector(event, nowMs))
  if (refused) return coded('SIDECAR_MAYBE_INJECTION', { message: cutTo(refused.message ?? '', 300) })
  if (fresh.pods === 0) return coded('SIDECAR_NO_NEW_PODS', { old: old.pods })
  const differing = fresh.signs.filter((sign) => !isShared(sign, fresh, old))
  if (fresh.signs.length > 0) return ofFailing(differing, sides)
  if (fresh.starting > 0) return coded('SIDECAR_STARTING', { n: fresh.starting, pods: fresh.pods })
  if (old.pods === 0) return coded('SIDECAR_NO_OLD_PODS', { pods: fresh.pods })
  if (old.signs.length > 0) return coded('SIDECAR_NOT_OLD_ONLY', { pods: fresh.pods, old: old.pods })
  if (old.starting > 0) return coded('SIDECAR_OLD_STARTING', { n: old.starting, pods: old.pods })
  if (!eventsRead) return coded('SIDECAR_EVENTS_NEEDED', {})
  return coded('SIDECAR_NO_DIFFERENCE', { pods: fresh.pods, old: old.pods })
}

/** Something fails in new pods: what cannot start for a reason of its own is never the sidecar's doing. */
function ofFailing(differing: readonly Seen[], { fresh, old }: Sides): Coded {
  const unstartable = differing.find(({ part, how }) => part === 'app' && how === 'unstartable')
  const others = differing.filter(({ part, how }) => part === 'proxy' || (part === 'app' && how !== 'unstartable'))
  if (unstartable && others.length === 0) return coded('SIDECAR_NOT_CONTAINER', about(unstartable, fresh, old))
  if (old.pods === 0) return coded('SIDECAR_NO_OLD_PODS', { pods: fresh.pods })
  return ofBoth(differing, others, fresh, old)
}

/** The sidecar's own failures weigh first, then the app's, then whatever keeps both from being seen. */
function ofBoth(differing: readonly Seen[], others: readonly Seen[], fresh: Side, old: Side): Coded {
  const proxy = others.find(({ part }) => part === 'proxy')
  if (proxy) return coded('SIDECAR_MAYBE_PROXY', about(proxy, fresh, old))
  const [app] = others
  if (app) return ofApp(app, fresh, old)
  const [waiting] = differing
  const [first] = fresh.signs
  if (!waiting) return coded('SIDECAR_NOT_SAME', first ? about(first, fresh, old) : {})
  return coded('SIDECAR_POD_WAITS', about(waiting, fresh, old))
}

/** The app and the sidecar changed with one deploy: with another image of the app, nothing here can tell them apart. */
function ofApp(sign: Seen, fresh: Side, old: Side): Coded {
  const [after, before] = [fresh, old].map(({ images }) => images[sign.container] ?? [])
  const isSame = String(after) === String(before)
  const facts = about(sign, fresh, old)
  if (isSame) return coded('SIDECAR_MAYBE_APP', facts)
  return coded('SIDECAR_EITHER', { ...facts, before: before?.join(', '), after: after?.join(', ') })
}

function about(sign: Seen, fresh: Side, old: Side): Readonly<Record<string, string | number>> {
  const ofOld = old.signs.filter(({ container }) => container === sign.container)
  return {
    container: sign.container === '' ? PROXY : sign.container,
    reason: sign.reason,
    n: sign.pods,
    pods: fresh.pods,
    m: ofOld.reduce((sum, { pods }) => sum + pods, 0),
    old: old.pods,
  }
}

/** The same failure is in at least half as large a part of the old pods: one old pod that once fell over excuses nothing. */
function isShared(sign: Seen, fresh: Side, old: Side): boolean {
  const same = old.signs.find((one) => keyOf(one) === keyOf(sign))
  return same !== undefined && same.pods * fresh.pods * 2 >= sign.pods * old.pods
}

function isRefusedByInjector(event: KubeEvent, nowMs: number): boolean {
  const last = lastOf(event)
  const isLate = last !== '' && nowMs - epochOf(last) < REFUSED_LATELY_MS
  return event.reason === 'FailedCreate' && isLate && (event.message ?? '').includes(INJECTOR_SUFFIX)
}

function cutTo(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`
}

/** Facts without those that are missing: on the wire there is no undefined. */
function coded(code: string, facts: Readonly<Record<string, string | number | undefined>>): Coded {
  const kept: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(facts)) if (value !== undefined) kept[key] = value
  return { code, facts: kept }
}
