import type { Refusal } from '../kernel/errors.ts'
import { mayRestart } from '../restarts/who.ts'
import type { Policy } from '../upgrade/policy.ts'
import { mayStop } from '../upgrade/who-may.ts'
import type { Person } from '../wire/person.ts'
import type { Run } from '../wire/run.ts'
import type { KnownTeam } from './worker-context.ts'

/**
 * MAY_NOT_ANSWER {team, ask} where this person may not say for a team when it is reminded: one of its members may, and whoever has a say
 * in the upgrade. Null where the file lists no members: then whoever is in its channel may, since nobody knows better.
 */
export function mayAnswer(
  { policy, run }: { readonly policy: Policy; readonly run: Run },
  name: string | null,
  team: KnownTeam,
  who: Person,
): Refusal | null {
  if (name === null || !team.members?.length) return null
  const stranger = mayRestart(name, team, who)
  if (!stranger || !mayStop(policy, run, who)) return null
  return { code: 'MAY_NOT_ANSWER', facts: stranger.facts }
}
