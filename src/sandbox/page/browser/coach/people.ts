import type { CastMember } from '../../page-parts.ts'
import type { PageState } from '../../page-state.ts'
import type { CoachAct } from './coaching.ts'

/** What the person of the cast is there for, as the role says it. */
export function saysApproves(role: string): boolean {
  return /\bapprove/i.test(role)
}

function saysAsks(role: string): boolean {
  return /\bask/i.test(role)
}

/** Whether the person that is looked through has a part in upgrades at all. */
export function takesPart({ demo }: PageState): boolean {
  const role = roleOf(demo.cast, demo.me) ?? ''
  return saysAsks(role) || saysApproves(role)
}

export function continueAs({ name, user }: CastMember): CoachAct {
  return { kind: 'be', label: `Continue as ${name}`, user }
}

export function roleOf(cast: readonly CastMember[], user: string): string | undefined {
  return cast.find((member) => member.user === user)?.role
}

export function nameOf({ demo }: PageState, user: string): string {
  return demo.cast.find((member) => member.user === user)?.name ?? user
}
