import { migrationOf } from '../upgrade/migration-of.ts'
import type { Run } from '../wire/run.ts'
import { type TeamStates, UNOWNED } from '../wire/team-states.ts'
import { everybodyTold } from './everybody-told.ts'
import { closePreview } from './preview-nudges.ts'
import { closeLast } from './send-team-card.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * The upgrade went another way, or is over: what its teams could still answer says so, and has no button any more. Before anything of
 * another way is told or answered, since the record is then begun anew.
 */
export async function closeOtherWay(ctx: WorkerContext, current: Run | null): Promise<void> {
  await closePreview(ctx, current)
  await ctx.teams.amend(async (states) => {
    if (!states || states.closed || isOfThisWay(states, current)) return states
    const run = current?.id === states.run ? current : await ctx.store.lastEnded()
    if (run?.id === states.run) await closeNudges(ctx, run, states)
    return { ...states, closed: true }
  })
}

/** Is this what was told of the way that the run goes now? */
export function isOfThisWay({ run, to }: TeamStates, current: Run | null): boolean {
  return current?.id === run && migrationOf(current)?.to === (to ?? current.plan.to.revision)
}

async function closeNudges(ctx: WorkerContext, run: Run, { to, teams }: TeamStates): Promise<void> {
  for (const told of everybodyTold(ctx)) {
    const state = teams[told.name ?? UNOWNED]
    if (state) await closeLast(ctx, { ...told, run }, to ?? run.plan.to.revision, state)
  }
}
