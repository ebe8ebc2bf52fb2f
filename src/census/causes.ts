import type { Coded } from '../wire/facts.ts'
import type { About } from './about-workload.ts'
import { byInjection } from './cause-by-injection.ts'
import { byKind, byRollout } from './cause-by-kind.ts'

/**
 * The first cause why a workload's pods still carry an old sidecar, as a code whose sentence has the advice. Causes that a
 * redeploy alone doesn't end come first; NOT_REDEPLOYED is what is left, and is said only where a redeploy would get the new one.
 */
export function causeOf(about: About): Coded {
  const { cause, redeploy } = byInjection(about)
  if (cause) return cause
  const found = byKind(about) ?? byRollout(about) ?? { code: 'NOT_REDEPLOYED', facts: {} }
  const isPromise = found.code === 'NOT_REDEPLOYED' || found.code === 'NEXT_RUN'
  if (isPromise && (about.stranger || redeploy === 'unknown')) return { code: 'REDEPLOY_UNKNOWN', facts: {} }
  return found
}
