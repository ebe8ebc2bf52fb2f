import { refusalOf } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import type { WorkerContext } from './worker-context.ts'

/** On a large cluster a reading takes long: the API server is asked for one no more than this part of the time. */
const SHARE = 1 / 20

/**
 * While a run is under way the tenants' side is read anew again and again: the guard and the proofs then ask for the classes
 * that there are now, and a click seldom has to wait for the list of all pods.
 */
export async function tenantsLoop(ctx: WorkerContext): Promise<void> {
  while (!ctx.lost.aborted) {
    const beganMs = ctx.clocks.machine.now()
    await renew(ctx)
    const tookMs = ctx.clocks.machine.now() - beganMs
    await sleep(Math.max(ctx.settings.times.tenantsEvery, tookMs / SHARE), ctx.lost)
  }
}

async function renew(ctx: WorkerContext): Promise<void> {
  try {
    const run = await ctx.runs.current()
    if (run && !run.endedAt) await ctx.cluster.renewTenants()
  } catch (error) {
    ctx.log.warn("the tenants' side could not be read and is tried again", { code: refusalOf(error).code })
  }
}
