import type { Path } from './not-built.ts'

type OtherName = { readonly key: string; readonly phase: string }

/** The design lets the people of `gateways` approve the rehearsal too: nobody guesses that from the letters. */
const OF_APPROVALS: ReadonlyMap<string, OtherName> = new Map([
  ['rehearse', { key: 'gateways', phase: 'rehearse' }],
  ['rehearsal', { key: 'gateways', phase: 'rehearse' }],
])

/** The key under which a phase's approvers stand, where the path calls them by the phase's own name; else null. */
export function otherNameOf(path: Path): OtherName | null {
  const [parent, key] = path.slice(-2)
  return parent === 'approvals' ? (OF_APPROVALS.get(String(key)) ?? null) : null
}
