import { isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import { due } from '../upgrade/due.ts'
import { newRestarts } from './keep-restarts.ts'
import { applyEffects } from './apply-effects.ts'
import { askApproval } from './ask-approval.ts'
import { censusLoop } from './census-loop.ts'
import { newForgetting } from './forget-evidence.ts'
import { newGuard } from './guard-injection.ts'
import { newWaitCards } from './keep-wait-card.ts'
import { nudgeTeams } from './nudge-teams.ts'
import { newReports } from './publish-report.ts'
import { newRetelling } from './repeat-messages.ts'
import { newDigests } from './send-digest.ts'
import { newLostRecord } from './tell-lost-record.ts'
import { tenantsLoop } from './renew-tenants.ts'
import { whyInUse } from './retire-gates.ts'
import { takeUp } from './take-over.ts'
import { PATIENCE_MS } from './unseen-alarms.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What the acting worker does by itself until it loses the Lease: looks each second for what is due and for work that was
 * left, guards injection on every change and every few seconds, reads the tenants' side, and counts pods while they migrate. Each loop goes on whatever
 * fails.
 */
export async function lead(ctx: WorkerContext): Promise<void> {
  ctx.runs.forget()
  ctx.teams.forget()
  await Promise.all([tickLoop(ctx), guardLoop(ctx), tenantsLoop(ctx), censusLoop(ctx)])
  ctx.phaseProbes.endAfter(null)
}

async function tickLoop(ctx: WorkerContext): Promise<void> {
  const reports = newReports(ctx)
  const retell = newRetelling(ctx, reports.owe)
  const forget = newForgetting(ctx, reports.owe)
  const lost = newLostRecord(ctx)
  const told = [newRestarts(ctx), newDigests(ctx), newWaitCards(ctx), () => nudgeTeams(ctx), reports.look, forget]
  while (!ctx.lost.aborted) {
    await safely(ctx, 'look', () => tick(ctx, [lost, retell], told))
    await sleep(ctx.settings.times.tick, ctx.lost)
  }
}

/** One look: what is due by time, what was begun and left, what still has to be told. */
async function tick(
  ctx: WorkerContext,
  first: readonly (() => Promise<void>)[],
  told: readonly (() => Promise<void>)[],
): Promise<void> {
  // A worker that led before us may have written since we last looked: what it sent was on its way, or it let go of a step.
  ctx.runs.forget()
  await safely(ctx, 'pulse', () => pulse(ctx))
  for (const tell of first) await safely(ctx, 'telling everything again', tell)
  await safely(ctx, 'work that is due', () => doDue(ctx))
  await safely(ctx, 'taking up of steps', () => takeUp(ctx))
  await applyEffects(ctx)
  for (const tell of told) await safely(ctx, 'restart, digest, nudge or report', tell)
}

/** A card that can't be made now (its commands come from istioctl) holds up nothing else. */
async function doDue(ctx: WorkerContext): Promise<void> {
  await ctx.runs.change({ kind: 'policy-changed' }, ctx.clocks.calendar.now())
  const run = await ctx.runs.current()
  for (const item of run ? due(run, ctx.policy, ctx.clocks.calendar.now()) : []) {
    if (item.kind === 'ask') await askApproval(ctx)
    // A worker that has just begun to lead has counted nobody yet.
    else if (item.kind === 'new-unused' && run && whyInUse(ctx, run)) continue
    else await ctx.runs.change(item, ctx.clocks.calendar.now())
  }
}

async function pulse(ctx: WorkerContext): Promise<void> {
  await ctx.readModel.putPulse({
    v: 1,
    cluster: ctx.settings.cluster,
    worker: ctx.holder(0).id,
    leads: true,
    at: isoOf(ctx.clocks.machine.now()),
  })
}

/** While objects change all the time (an install, many namespaces at once), the looks must leave the API server room. */
const LOOK_PAUSE_MS = 1000

async function guardLoop(ctx: WorkerContext): Promise<void> {
  let wake: () => void = () => undefined
  let changed = false
  const look = newGuard(ctx)
  const watch = ctx.cluster.watchInjection(() => {
    changed = true
    wake()
  }, ctx.lost)
  while (!ctx.lost.aborted) {
    changed = false
    const nextMs = (await look()) === 'unseen' ? PATIENCE_MS : ctx.settings.times.proofEvery
    await sleep(LOOK_PAUSE_MS, ctx.lost)
    if (changed) continue
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    await Promise.race([woken, sleep(Math.max(nextMs - LOOK_PAUSE_MS, 0), ctx.lost)])
  }
  await watch
}

async function safely(ctx: WorkerContext, what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    const { code, facts } = refusalOf(error)
    ctx.log.warn(`the worker's ${what} failed and is tried again`, { code, ...facts })
  }
}
