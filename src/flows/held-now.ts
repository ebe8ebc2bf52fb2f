import { refusalOf } from '../kernel/errors.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { Run } from '../wire/run.ts'
import { heldTeams } from './preview-nudges.ts'
import type { WorkerContext } from './worker-context.ts'

/** How many teams would be reminded if somebody let it, as a fact of digest and status; empty where nothing is held, or nobody knows. */
export async function heldNow(ctx: WorkerContext, run: Run): Promise<{ readonly held?: number }> {
  if (!migrationOf(run)) return {}
  let held = 0
  try {
    await ctx.teams.change(run, async (heard) => {
      held = heldTeams(heard)
      return heard
    })
  } catch (error) {
    ctx.log.warn('whether reminders are held could not be read', { code: refusalOf(error).code })
  }
  return held > 0 ? { held } : {}
}
