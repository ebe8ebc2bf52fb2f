import type { Refusal } from '../kernel/errors.ts'
import type { Person } from '../wire/person.ts'

/** A team, as far as it says who may restart its workloads and whom to ask. */
type Owners = { readonly members?: readonly string[]; readonly contact?: string }

/** Null when this person is of the owning team, by id or by one of its user groups. Nobody listed means nobody may. */
export function mayRestart(
  team: string,
  { members = [], contact }: Owners,
  who: Pick<Person, 'user' | 'groups'>,
): Refusal | null {
  if (members.length === 0) return { code: 'TEAM_HAS_NO_MEMBERS', facts: { team } }
  if (members.includes(who.user) || who.groups.some((group) => members.includes(group))) return null
  return { code: 'NOT_OF_THE_TEAM', facts: { team, ask: contact ?? members } }
}
