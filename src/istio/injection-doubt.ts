import type { Refusal } from '../kernel/errors.ts'
import type { Injection } from './effective-injector.ts'
import type { Mesh } from './mesh.ts'
import { targetText } from './service-target.ts'

/** What the selectors say against a dry-run pod that looks right. */
export type InjectionDoubt = Refusal & { readonly verdict: 'wrong' | 'unprovable' }

/**
 * The API server calls every entry that matches, and the pod that comes back shows only the last sidecar; and a Service with
 * istiods of several revisions behind it answers with one of them, by chance. So the selectors tell, not the answer. Two
 * entries that lead to one and the same revision of this cluster are no double: a tag that is being adopted. PROBE_DOUBLE
 * {revisions, objects}; INJECTION_UNKNOWN {why, objects}, which proves nothing either way.
 */
export function doubtOf(mesh: Mesh, injection: Injection): InjectionDoubt | null {
  const { kind, entries } = injection
  if (kind === 'none' || kind === 'one') return null
  const objects = [...new Set(entries.map(({ object }) => object))]
  const why = unprovableBecause(mesh, injection)
  if (why !== null) return { verdict: 'unprovable', code: 'INJECTION_UNKNOWN', facts: { why, objects } }
  const revisions = [...new Set(entries.map(({ target }) => targetText(target)))]
  const local = entries.every(({ target }) => target.kind === 'revision')
  if (entries.length < 2 || (local && revisions.length < 2)) return null
  return { verdict: 'wrong', code: 'PROBE_DOUBLE', facts: { revisions, objects } }
}

function unprovableBecause(mesh: Mesh, injection: Injection): string | null {
  if (injection.kind === 'unknown' && injection.why === 'selector-unknown') return injection.why
  const targets = injection.entries.map(({ target }) => target)
  const surelyForeign = targets.some(({ kind }) => kind === 'url' || kind === 'missing')
  if (surelyForeign && targets.length > 1) return null
  // A control plane that nobody could read may be this cluster's own, and the one that the other entry leads to.
  const blind = mesh.unreadable.some(({ part }) => part === 'workloads')
  const unsure = targets.flatMap((target) => (target.kind === 'unknown' ? [target.why] : []))
  return unsure.find((why) => why !== 'no-control-plane' || (blind && targets.length > 1)) ?? null
}
