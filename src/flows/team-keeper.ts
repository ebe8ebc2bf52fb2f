import { canonicalJson } from '../kernel/hash.ts'
import { newTurns } from '../kernel/turns.ts'
import type { TeamStore } from '../ports/team-store.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { Run } from '../wire/run.ts'
import type { TeamStates } from '../wire/team-states.ts'

/** What teams were told, and what waits for somebody before they are. */
export type Heard = Pick<TeamStates, 'teams' | 'preview' | 'raised' | 'owed'>

/**
 * The acting worker's hand on what teams were told and have answered: reminders and answers change it one after the other, and
 * each change is saved before the next begins. On the way back nothing was told yet.
 */
export type TeamKeeper = {
  /** Throws what the store and the change do; then nothing was changed. */
  readonly change: (run: Run, change: (before: Heard) => Promise<Heard>) => Promise<void>
  /** The record as it is, of whichever run; null for none, and for leaving it so. */
  readonly amend: (change: (states: TeamStates | null) => Promise<TeamStates | null>) => Promise<void>
  /** Forgets what is in memory: another worker may have written since. */
  readonly forget: () => void
}

export function newTeamKeeper(store: TeamStore): TeamKeeper {
  const inTurn = newTurns()
  let known: TeamStates | null | undefined
  const amend: TeamKeeper['amend'] = (change) =>
    inTurn(async () => {
      const before = known === undefined ? await store.read() : known
      const after = await change(before)
      if (after && canonicalJson(after) !== canonicalJson(before)) await store.save(after)
      known = after
    })
  return {
    amend,
    change: (run, change) =>
      amend(async (states) => {
        const to = migrationOf(run)?.to ?? run.plan.to.revision
        const isOurs = states?.run === run.id && (states.to ?? run.plan.to.revision) === to
        return { run: run.id, to, ...(await change(isOurs ? heardIn(states) : { teams: {} })) }
      }),
    forget: () => {
      known = undefined
    },
  }
}

function heardIn({ teams, preview, raised, owed }: TeamStates): Heard {
  return { teams, ...(preview ? { preview } : {}), ...(raised ? { raised } : {}), ...(owed ? { owed } : {}) }
}
