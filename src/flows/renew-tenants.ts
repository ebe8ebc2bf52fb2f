import { refusalOf } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import type { Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

/** On a large cluster a reading takes long: the API server is asked for one no more than this part of the time. */
const SHARE = 1 / 20
/** While pods move by themselves, which takes weeks, the list of all pods is asked for so many times less often. */
const CALM = 10

/**
 * While a run is under way the tenants' side is read anew again and again: the guard and the proofs then ask for the classes
 * that there are now, and a click seldom has to wait for the list of all pods.
 */
export async function tenantsLoop(ctx: WorkerContext): Promise<void> {
  let podsReadMs = -Infinity
  while (!ctx.lost.aborted) {
    const beganMs = ctx.clocks.machine.now()
    if (await renew(ctx, beganMs - podsReadMs)) podsReadMs = beganMs
    const tookMs = ctx.clocks.machine.now() - beganMs
    await sleep(Math.max(ctx.settings.times.tenantsEvery, tookMs / SHARE), ctx.lost)
  }
}

/** Reads what is due, and says whether all pods were among it; `agoMs` is how long ago they were read last. */
async function renew(ctx: WorkerContext, agoMs: number): Promise<boolean> {
  try {
    const run = await ctx.runs.current()
    if (!run || run.endedAt) return false
    const pods = !isCalm(run) || agoMs >= CALM * ctx.settings.times.tenantsEvery
    await ctx.cluster.renewTenants({ pods })
    return pods
  } catch (error) {
    ctx.log.warn("the tenants' side could not be read and is tried again", { code: refusalOf(error).code })
    return false
  }
}

function isCalm({ state }: Run): boolean {
  return state === 'switched' || state === 'returning'
}
