import type { Mesh } from '../istio/mesh.ts'
import { codedOf } from '../upgrade/event.ts'
import { askedFor } from '../upgrade/expected.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof, Run } from '../wire/run.ts'
import { factsOf } from './verified.ts'

/** Keys of these alarms begin with it. */
export const INJECTION_PREFIX = 'injection.'

const NAMED = 20

/** Names of the injector objects that may be why these proofs came out wrong: an alarm looks at no others. */
export type Suspects = (wrong: readonly Proof[]) => readonly string[]

/** One alarm for each cause that a look found, by its key: all classes that get the same instead of the same. */
export function injectionAlarms(mesh: Mesh, proofs: readonly Proof[], suspects: Suspects): ReadonlyMap<string, Coded> {
  const wrong = proofs.filter(({ verdict }) => verdict === 'wrong')
  const causes = Map.groupBy(wrong, keyOf)
  return new Map([...causes].map(([key, group]) => [key, alarmOf(group, sourceFacts(mesh, suspects(group)))]))
}

/**
 * Is one of the alarm's classes still without a right answer? An answer that a quota refuses says nothing of the gap that was
 * seen before: unknown ends no alarm (promise 5).
 */
export function isUnprovenYet({ what }: Run['alarms'][number], proofs: readonly Proof[]): boolean {
  const unproven = proofs.filter(({ verdict }) => verdict !== 'right').map((proof) => askedFor(proof.class))
  if (what.facts['moreClasses'] !== undefined) return unproven.length > 0
  return [what.facts['class']].flat().some((key) => unproven.includes(askedFor(String(key))))
}

function keyOf({ because, expected, found }: Proof): string {
  return `${INJECTION_PREFIX}${because?.code ?? 'WRONG'}.${expected ?? ''}.${found ?? ''}`
}

/** GAP: no sidecar, or creation fails. DOUBLE: two injectors. DRIFT: another revision than ours, with who wrote last. */
const ALARMS: Readonly<Record<string, string>> = {
  PROBE_DOUBLE: 'ALARM_DOUBLE',
  PROBE_OTHER_REVISION: 'ALARM_DRIFT',
  PROBE_OTHER_VERSION: 'ALARM_DRIFT',
}

/** The group shares its cause, what it expects and what it found. */
function alarmOf(proofs: readonly Proof[], source: Coded['facts']): Coded {
  const facts = proofs[0] ? factsOf(proofs[0]) : {}
  const code = ALARMS[String(facts['because'])] ?? 'ALARM_GAP'
  return codedOf(code, { ...facts, ...placesOf(proofs), ...source })
}

/** Classes and namespaces of the proofs, as many as a reader takes in, and how many more. */
export function placesOf(proofs: readonly Proof[]): Coded['facts'] {
  const classes = [...new Set(proofs.map((each) => each.class))]
  const namespaces = [...new Set(proofs.map(({ namespace }) => namespace))]
  return {
    class: classes.slice(0, NAMED),
    namespace: namespaces.slice(0, NAMED),
    ...(classes.length > NAMED ? { moreClasses: classes.length - NAMED } : {}),
    ...(namespaces.length > NAMED ? { more: namespaces.length - NAMED } : {}),
  }
}

/** Keeps caBundles up to date, and nothing else: never the cause. */
const ISTIOD = 'pilot-discovery'

/** Which of the suspects are gone, and who last wrote the others: who deletes an object is recorded nowhere in it. */
function sourceFacts(mesh: Mesh, suspects: readonly string[]): Coded['facts'] {
  const gone = suspects.filter((name) => !mesh.mutatingWebhooks.some(({ metadata }) => metadata.name === name))
  return { ...(gone.length > 0 ? { deleted: gone } : {}), ...writerFacts(mesh, suspects) }
}

/** Times are whole seconds, so among equals we are the last to be named. */
function writerFacts(mesh: Mesh, suspects: readonly string[]): Record<string, string> {
  const objects = mesh.mutatingWebhooks.filter(({ metadata }) => suspects.includes(metadata.name))
  const writes = objects.flatMap((object) =>
    (object.metadata.managedFields ?? []).map((entry) => ({
      object: object.metadata.name,
      writer: entry.manager ?? '',
      at: entry.time ?? '',
    })),
  )
  const rank = (writer: string): number => (writer === 'meshferry' ? 1 : 0)
  const [last] = writes
    .filter(({ writer }) => writer !== ISTIOD)
    .sort((x, y) => (x.at === y.at ? rank(x.writer) - rank(y.writer) : x.at < y.at ? 1 : -1))
  return last ?? {}
}
