import { changedFields, fingerprintFields } from '../istio/fingerprint-fields.ts'
import { injectorsOf } from '../istio/injectors.ts'
import type { Mesh } from '../istio/mesh.ts'
import { namespaceClassesOf } from '../istio/namespace-classes.ts'
import { hashOf } from '../kernel/hash.ts'
import { askedFor } from '../upgrade/expected.ts'
import type { Proof, Run } from '../wire/run.ts'
import { shortened } from './standing.ts'

/** By the name of an object, a hash of what it says about injection. */
type Objects = ReadonlyMap<string, string>

type Proven = { readonly objects: Objects; readonly expected: string | null }

/** Which injector objects served each class when it was last proven, so that an alarm doesn't name whoever wrote another one. */
export type LastServed = {
  readonly remember: (mesh: Mesh, proofs: readonly Proof[]) => void
  /** Names of the objects that may be why these proofs are wrong now: changed, gone or new since the last right one. */
  readonly suspects: (mesh: Mesh, wrong: readonly Proof[], settled: Run['settled']) => readonly string[]
}

/** Empty at first: until a class was proven by this worker, what the run keeps of our last step stands in for it. */
export function newLastServed(): LastServed {
  const proven = new Map<string, Proven>()
  return {
    remember: (mesh, proofs) => {
      const groups = Map.groupBy(proofs, (proof) => askedFor(proof.class))
      const serving = servingNow(mesh)
      for (const [key, group] of groups) {
        const objects = serving.get(key)
        if (objects && group.every(({ verdict }) => verdict === 'right'))
          proven.set(key, { objects, expected: group[0]?.expected ?? null })
      }
    },
    suspects: (mesh, wrong, settled) => {
      const serving = servingNow(mesh)
      const all = wrong.flatMap((proof) => {
        const key = askedFor(proof.class)
        const before = proven.get(key)
        const now = serving.get(key) ?? new Map<string, string>()
        // Proven before our own step, it says nothing of who changed it after that: who puts back what was there has changed it.
        return before?.expected === proof.expected ? differing(mesh, before.objects, now) : unproven(mesh, now, settled)
      })
      return [...new Set(all)].sort()
    },
  }
}

function differing(mesh: Mesh, before: Objects, now: Objects): readonly string[] {
  const there = statesOf(mesh)
  const changed = [...before].filter(([name, state]) => there.get(name) !== state).map(([name]) => name)
  return [...changed, ...[...now.keys()].filter((name) => !before.has(name))]
}

/** What changed since our last step; where nothing was kept yet, whatever serves the class now. */
function unproven(mesh: Mesh, now: Objects, settled: Run['settled']): readonly string[] {
  if (!settled) return [...now.keys()]
  return changedFields(settled, shortened(fingerprintFields(mesh))).flatMap((field) => {
    const [kind, name = ''] = field.split('/')
    return kind === 'injector' && !field.endsWith('/target') ? [name] : []
  })
}

function servingNow(mesh: Mesh): ReadonlyMap<string, Objects> {
  const states = statesOf(mesh)
  return new Map(
    namespaceClassesOf(mesh).map(({ key, injection }) => [
      askedFor(key),
      new Map(injection.entries.map(({ object }) => [object, states.get(object) ?? ''])),
    ]),
  )
}

/** Without where its Services lead: who changed a Service or an istiod did not write the injector. */
function statesOf(mesh: Mesh): Objects {
  return new Map(
    injectorsOf(mesh).map(({ name, entries }) => [
      name,
      hashOf(
        1,
        entries.map(({ target: _, ...written }) => written),
      ),
    ]),
  )
}
