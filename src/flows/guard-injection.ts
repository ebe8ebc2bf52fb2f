import { refusalOf } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import type { Mesh } from '../istio/mesh.ts'
import { unreadInjectors } from '../istio/unread.ts'
import { nextId } from '../upgrade/draft.ts'
import { codedOf } from '../upgrade/event.ts'
import { expectedRevisions, newcomerRevisions, plannedClass } from '../upgrade/expected.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof, Run } from '../wire/run.ts'
import { applyEffects } from './apply-effects.ts'
import { versionsOf } from './class-proofs.ts'
import type { LastServed } from './last-served.ts'
import { newLastServed } from './last-served.ts'
import { INJECTION_PREFIX, injectionAlarms, isUnprovenYet } from './injection-alarms.ts'
import { NEWCOMER_PREFIX, newcomerAlarms } from './newcomer-alarms.ts'
import { publishStatus } from './publish-status.ts'
import { blindAlarm, newUnseen, unprovenAlarms, type Unseen, UNSEEN_PREFIX } from './unseen-alarms.ts'
import { CHANGED_PREFIX, changedAlarm, isAtWork } from './watch-changes.ts'
import { askOnce, questionsFor, routesOf, verdictOf } from './prove-injection.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Asks the API server what new pods get, from install until the end of the run: on each change of what injection rests on and
 * every few seconds (promise 3), also for classes that came after the plan. Wrong is an alarm naming the writer; nothing fights
 * it. Unprovable (a quota, a policy) is not a gap and ends none; where it lasts it is an alarm that says so. What somebody
 * changed without any pod getting something else is an alarm of its own.
 */
async function guardInjection(ctx: WorkerContext, memory: Memory, beganMs: number): Promise<void> {
  const run = await ctx.runs.current()
  const mesh = await ctx.cluster.readInjection()
  ctx.keepMesh(mesh)
  if (run && isGuarded(run)) await compare(ctx, run, mesh, { ...memory, beganMs })
  else memory.unseen.forget()
  await publishStatus(ctx)
}

/** What a guard keeps from one look to the next. */
type Memory = { readonly unseen: Unseen; readonly served: LastServed }

async function compare(
  ctx: WorkerContext,
  run: Run,
  mesh: Mesh,
  { unseen, served, beganMs }: Memory & { readonly beganMs: number },
): Promise<void> {
  const { planned, newcomers, seen } = await provenNow(ctx, run, mesh)
  const wrong = injectionAlarms(seen, planned, (group) => served.suspects(seen, group, run.settled))
  served.remember(seen, planned)
  await settleAlarms(ctx, INJECTION_PREFIX, wrong, (alarm) => isUnprovenYet(alarm, planned))
  await settleAlarms(ctx, NEWCOMER_PREFIX, newcomerAlarms(newcomers), (alarm) => isUnprovenYet(alarm, newcomers))
  if (tellsItself(run)) unseen.forget()
  else {
    const look = { beganMs, nowMs: ctx.clocks.machine.now() }
    const late = unprovenAlarms(unseen, [...planned, ...newcomers], look)
    await settleAlarms(ctx, UNSEEN_PREFIX, late, () => false)
  }
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
  return !run.endedAt && run.steps.some((step) => step.acted || step.state === 'done')
}

/** A step that can't be proven says so by itself, with the same cause. */
function tellsItself(run: Run): boolean {
  return isAtWork(run) || run.halted?.code === 'PROOF_UNPROVABLE'
}

type Looked = { readonly planned: readonly Proof[]; readonly newcomers: readonly Proof[]; readonly seen: Mesh }

/** What is wrong must be so twice, a moment apart, against what the run expects then: a step may have ended in between. */
async function provenNow(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<Looked> {
  const first = await askedNow(ctx, run, mesh)
  if (verdictOf([...first.planned, ...first.newcomers]) !== 'wrong') return first
  await sleep(400, ctx.lost)
  const again = await ctx.runs.current()
  if (!again || again.endedAt) return { planned: [], newcomers: [], seen: mesh }
  return askedNow(ctx, again, await ctx.cluster.readInjection())
}

async function askedNow(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<Looked> {
  const isPlanned = (key: string): boolean => plannedClass(run.plan, key) !== undefined
  // While the injectors can't be read, nobody knows which namespaces ask for none and would be taken all the same.
  const known = unreadInjectors(mesh) === undefined ? newcomerRevisions(run) : []
  const right = (key: string) => (isPlanned(key) ? expectedRevisions(run, key) : known)
  const questions = questionsFor(mesh, run.plan.classes, right, versionsOf(mesh, run))
  const proofs = await askOnce(ctx, mesh, questions, await routesOf(ctx))
  const { planned = [], newcomers = [] } = Object.groupBy(proofs, (proof) =>
    isPlanned(proof.class) ? 'planned' : 'newcomers',
  )
  return { planned, newcomers, seen: mesh }
}

/** One alarm per cause; one that is open already is only told again when it reaches more classes. */
async function raise(ctx: WorkerContext, key: string, what: Coded): Promise<void> {
  const known = (await ctx.runs.current())?.alarms.some((alarm) => alarm.key === key && !alarm.endedAt)
  await ctx.runs.change((now) => ({ kind: 'alarm', id: nextId(now, 'alarm'), key, what }), ctx.clocks.calendar.now())
  if (!known) ctx.log.error('injection is not as it should be', { alarm: key, code: what.code, ...what.facts })
}

/** One guard for as long as this worker leads: each call is one look, and says whether all was seen. It never throws. */
export function newGuard(ctx: WorkerContext): () => Promise<'seen' | 'unseen'> {
  const memory = { unseen: newUnseen(), served: newLastServed() }
  return async () => {
    const beganMs = ctx.clocks.machine.now()
    try {
      await guardInjection(ctx, memory, beganMs)
    } catch (error) {
      const { code, facts } = refusalOf(error)
      const look = { beganMs, nowMs: ctx.clocks.machine.now() }
      await tellBlind(ctx, codedOf(code, facts), blindAlarm(memory.unseen, codedOf(code, facts), look))
    }
    return memory.unseen.any() ? 'unseen' : 'seen'
  }
}

/** A look that fails is itself something to know: after a while without an answer nothing is proven any more. */
async function tellBlind(ctx: WorkerContext, because: Coded, alarms: ReadonlyMap<string, Coded>): Promise<void> {
  ctx.log.warn('injection could not be looked at', { code: because.code, ...because.facts })
  if (ctx.lost.aborted) return
  try {
    const run = await ctx.runs.current()
    if (!run || !isGuarded(run)) return
    for (const [key, what] of alarms) await raise(ctx, key, what)
    await applyEffects(ctx)
  } catch (error) {
    ctx.log.error('that nothing can be seen could not be told', { code: refusalOf(error).code })
  }
}
