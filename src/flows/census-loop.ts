import { refusalOf } from '../kernel/errors.ts'
import { canonicalJson } from '../kernel/hash.ts'
import { sleep } from '../kernel/retry.ts'
import { unusedLook } from '../upgrade/unused.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { Migration } from '../wire/census.ts'
import { openSight, type Sight } from './census-sight.ts'
import { type CensusMemory, newCensusMemory, takeCensus } from './take-census.ts'
import type { WorkerContext } from './worker-context.ts'

type Counting = { readonly migration: Migration; readonly sight: Sight; readonly memory: CensusMemory }

/**
 * Counts as long as this worker leads and there is a migration: pods are watched from the switch on, and no longer than needed.
 * Built for days: whatever fails is tried again at the next look, and nothing of it is lost with the process.
 */
export async function censusLoop(ctx: WorkerContext): Promise<void> {
  let counting: Counting | null = null
  while (!ctx.lost.aborted) {
    try {
      counting = await countingNow(ctx, counting)
      const taken = counting && (await takeCensus(ctx, counting.sight, counting.migration, counting.memory))
      if (taken) await ctx.runs.change({ kind: 'unused-look', look: unusedLook(taken) }, ctx.clocks.calendar.now())
    } catch (error) {
      const { code, facts } = refusalOf(error)
      ctx.log.warn('the census could not be taken and is tried again', { code, ...facts })
    }
    await sleep(ctx.settings.times.censusEvery, ctx.lost)
  }
  counting?.sight.close()
}

/** The same watch while the migration is the same; another one begins anew, and none ends it. */
async function countingNow(ctx: WorkerContext, before: Counting | null): Promise<Counting | null> {
  const run = await ctx.runs.current()
  const migration = run ? migrationOf(run) : null
  if (before && migration && canonicalJson(before.migration) === canonicalJson(migration)) return before
  before?.sight.close()
  ctx.keepCensus(null)
  return migration ? { migration, sight: openSight(ctx), memory: newCensusMemory() } : null
}
