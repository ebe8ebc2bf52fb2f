import { refusalOf } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import type { Mesh } from '../istio/mesh.ts'
import { nextId } from '../upgrade/draft.ts'
import { expectedRevisions } from '../upgrade/expected.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof, Run } from '../wire/run.ts'
import { applyEffects } from './apply-effects.ts'
import { versionsOf } from './class-proofs.ts'
import { INJECTION_PREFIX, injectionAlarms, isUnprovenYet } from './injection-alarms.ts'
import { publishStatus } from './publish-status.ts'
import { CHANGED_PREFIX, changedAlarm } from './watch-changes.ts'
import { askOnce, questionsFor, routesOf, verdictOf } from './prove-injection.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Asks the API server what new pods get, from install until the end of the run: on each change of what injection rests on and
 * every few seconds (promise 3). Wrong is an alarm naming the writer; nothing fights it. Unprovable (a quota, a policy) is
 * not a gap and raises none, nor does it end one. What somebody changed without any pod getting something else is an alarm of its own.
 */
async function guardInjection(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  const mesh = await ctx.cluster.readInjection()
  ctx.keepMesh(mesh)
  if (run && !run.endedAt && isGuarded(run)) await compare(ctx, run, mesh)
  await publishStatus(ctx)
}

async function compare(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<void> {
  const proofs = await provenNow(ctx, run, mesh)
  const wrong = injectionAlarms(mesh, proofs)
  await settleAlarms(ctx, INJECTION_PREFIX, wrong, (alarm) => isUnprovenYet(alarm, proofs))
  // A wrong proof names the writer already; while it lasts, and while a step of ours is at work, the rest is left as it is.
  const changed = wrong.size > 0 ? 'unknown' : await changedAlarm(ctx)
  if (changed !== 'unknown') {
    const alarms = new Map(changed ? [[changed.key, changed.what]] : [])
    await settleAlarms(ctx, CHANGED_PREFIX, alarms, () => false)
  }
  await applyEffects(ctx)
}

type Alarm = Run['alarms'][number]

/** Raises what is wrong now, and ends the alarms of this kind whose cause is known to be gone. */
async function settleAlarms(
  ctx: WorkerContext,
  prefix: string,
  alarms: ReadonlyMap<string, Coded>,
  isOpenStill: (alarm: Alarm) => boolean,
): Promise<void> {
  for (const [key, what] of alarms) await raise(ctx, key, what)
  const open = (await ctx.runs.current())?.alarms.filter(({ endedAt, key }) => !endedAt && key.startsWith(prefix)) ?? []
  for (const alarm of open) {
    if (alarms.has(alarm.key) || isOpenStill(alarm)) continue
    await ctx.runs.change({ kind: 'alarm-over', key: alarm.key }, ctx.clocks.calendar.now())
  }
}

/** From the first act on: before it, the card's evidence says how things stand, and nothing of ours could be the cause. */
function isGuarded(run: Run): boolean {
  return run.steps.some((step) => step.acted || step.state === 'done')
}

/** What is wrong must be so twice, a moment apart, against what the run expects then: a step may have ended in between. */
async function provenNow(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<readonly Proof[]> {
  const first = await askedNow(ctx, run, mesh)
  if (verdictOf(first) !== 'wrong') return first
  await sleep(400, ctx.lost)
  const again = await ctx.runs.current()
  if (!again || again.endedAt) return []
  return askedNow(ctx, again, await ctx.cluster.readInjection())
}

async function askedNow(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<readonly Proof[]> {
  const questions = questionsFor(mesh, run.plan.classes, (key) => expectedRevisions(run, key), versionsOf(mesh, run))
  return askOnce(ctx, mesh, questions, await routesOf(ctx))
}

/** One alarm per cause; one that is open already is only told again when it reaches more classes. */
async function raise(ctx: WorkerContext, key: string, what: Coded): Promise<void> {
  const known = (await ctx.runs.current())?.alarms.some((alarm) => alarm.key === key && !alarm.endedAt)
  await ctx.runs.change((now) => ({ kind: 'alarm', id: nextId(now, 'alarm'), key, what }), ctx.clocks.calendar.now())
  if (!known) ctx.log.error('injection is not as it should be', { alarm: key, code: what.code, ...what.facts })
}

/** A look that fails is itself something to know: after a while without an answer nothing is proven any more. */
export async function guardSafely(ctx: WorkerContext): Promise<boolean> {
  try {
    await guardInjection(ctx)
    return true
  } catch (error) {
    const { code, facts } = refusalOf(error)
    ctx.log.warn('injection could not be looked at', { code, ...facts })
    return false
  }
}
