import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof } from '../wire/run.ts'
import { placesOf } from './injection-alarms.ts'
import { factsOf } from './verified.ts'

/** Keys of these alarms begin with it. */
export const NEWCOMER_PREFIX = 'newcomer.'

/** Another control plane serves them; every other wrong answer means that nobody does, or two. */
const OTHERS: readonly string[] = ['PROBE_OTHER_REVISION', 'PROBE_OTHER_VERSION']

/**
 * Classes that came after the plan: nobody has said what is right for them, but a namespace that asks for a sidecar should get
 * one (ALARM_UNSERVED), and one that gets a revision which this upgrade neither moves nor keeps should be known of
 * (ALARM_UNPLANNED), because it would hold up the end. One alarm for each cause.
 */
export function newcomerAlarms(proofs: readonly Proof[]): ReadonlyMap<string, Coded> {
  const wrong = proofs.filter(({ verdict }) => verdict === 'wrong')
  const causes = Map.groupBy(wrong, ({ because, found }) => `${NEWCOMER_PREFIX}${because?.code ?? ''}.${found ?? ''}`)
  return new Map([...causes].map(([key, group]) => [key, alarmOf(group)]))
}

function alarmOf(group: readonly Proof[]): Coded {
  const facts = group[0] ? factsOf(group[0]) : {}
  const code = OTHERS.includes(String(facts['because'])) ? 'ALARM_UNPLANNED' : 'ALARM_UNSERVED'
  return codedOf(code, { ...facts, ...placesOf(group) })
}
