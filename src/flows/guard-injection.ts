import { refusalOf } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import { isInjector } from '../istio/injectors.ts'
import type { Mesh } from '../istio/mesh.ts'
import { codedOf } from '../upgrade/event.ts'
import { expectedRevisions } from '../upgrade/expected.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof, Run } from '../wire/run.ts'
import { applyEffects } from './apply-effects.ts'
import { versionsOf } from './class-proofs.ts'
import { publishStatus } from './publish-status.ts'
import { CHANGED_PREFIX, changedAlarm } from './watch-changes.ts'
import { askOnce, questionsFor, routesOf } from './prove-injection.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Asks the API server what new pods get, from install until the end of the run: on each change of what injection rests on and
 * every few seconds (promise 3). Wrong is an alarm naming the writer; nothing fights it. Unprovable (a quota, a policy) is
 * not a gap and raises none. What somebody changed without any pod getting something else is an alarm of its own.
 */
async function guardInjection(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  const mesh = await ctx.cluster.readInjection()
  ctx.keepMesh(mesh)
  if (run && !run.endedAt && isGuarded(run)) await compare(ctx, run, mesh)
  await publishStatus(ctx)
}

async function compare(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<void> {
  const wrong = await wrongProofs(ctx, run, mesh)
  await settleAlarms(ctx, run, PREFIX, new Map(wrong.map((proof) => [keyOf(proof), alarmOf(mesh, proof)])))
  // A wrong proof names the writer already; while it lasts, and while a step of ours is at work, the rest is left as it is.
  const changed = wrong.length > 0 ? 'unknown' : await changedAlarm(ctx)
  if (changed !== 'unknown') {
    await settleAlarms(ctx, run, CHANGED_PREFIX, new Map(changed ? [[changed.key, changed.what]] : []))
  }
  await applyEffects(ctx)
}

/** Raises what is wrong now, and ends the alarms of this kind whose cause is gone. */
async function settleAlarms(
  ctx: WorkerContext,
  run: Run,
  prefix: string,
  alarms: ReadonlyMap<string, Coded>,
): Promise<void> {
  const open = run.alarms.filter((alarm) => !alarm.endedAt && alarm.key.startsWith(prefix))
  for (const [key, what] of alarms) {
    if (!open.some((alarm) => alarm.key === key)) await raise(ctx, run, key, what)
  }
  for (const { key } of open) {
    if (!alarms.has(key)) await ctx.runs.change({ kind: 'alarm-over', key }, ctx.clocks.calendar.now())
  }
}

const PREFIX = 'injection.'

/** From the first act on: before it, the card's evidence says how things stand, and nothing of ours could be the cause. */
function isGuarded(run: Run): boolean {
  return run.steps.some((step) => step.acted || step.state === 'done')
}

/** Wrong twice, a moment apart, against what the run expects at that moment: a step may have ended in between. */
async function wrongProofs(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<readonly Proof[]> {
  const first = await wrongNow(ctx, run, mesh)
  if (first.length === 0) return []
  await sleep(400, ctx.lost)
  const again = await ctx.runs.current()
  if (!again || again.endedAt) return []
  return wrongNow(ctx, again, await ctx.cluster.readInjection())
}

async function wrongNow(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<readonly Proof[]> {
  const questions = questionsFor(mesh, run.plan.classes, (key) => expectedRevisions(run, key), versionsOf(mesh, run))
  const proofs = await askOnce(ctx, mesh, questions, await routesOf(ctx))
  return proofs.filter((proof) => proof.verdict === 'wrong')
}

async function raise(ctx: WorkerContext, run: Run, key: string, what: Coded): Promise<void> {
  const id = `${run.id}.alarm.${run.alarms.length + 1}`
  await ctx.runs.change(
    (now) => ({ kind: 'alarm', id: `${now.id}.alarm.${now.alarms.length + 1}`, key, what }),
    ctx.clocks.calendar.now(),
  )
  ctx.log.error('injection is not as it should be', { alarm: id, code: what.code, ...what.facts })
}

function keyOf(proof: Proof): string {
  return `${PREFIX}${proof.class}.${proof.because?.code ?? 'WRONG'}`
}

/** GAP: no sidecar, or creation fails. DOUBLE: two injectors. DRIFT: another revision than ours, with who wrote last. */
function alarmOf(mesh: Mesh, proof: Proof): Coded {
  const facts = {
    class: proof.class,
    namespace: proof.namespace,
    expected: proof.expected ?? '',
    found: proof.found ?? '',
    because: proof.because?.code ?? '',
    ...writerFacts(mesh),
  }
  const code = proof.because?.code
  if (code === 'PROBE_DOUBLE') return codedOf('ALARM_DOUBLE', facts)
  return codedOf(code === 'PROBE_OTHER_REVISION' || code === 'PROBE_OTHER_VERSION' ? 'ALARM_DRIFT' : 'ALARM_GAP', facts)
}

/** Keeps caBundles up to date, and nothing else: never the cause. */
const ISTIOD = 'pilot-discovery'

/** Who last wrote an injector object. Times are whole seconds, so among equals we are the last to be named. */
function writerFacts(mesh: Mesh): Record<string, string> {
  const writes = mesh.mutatingWebhooks.filter(isInjector).flatMap((object) =>
    (object.metadata.managedFields ?? []).map((entry) => ({
      object: object.metadata.name,
      writer: entry.manager ?? '',
      at: entry.time ?? '',
    })),
  )
  const rank = (writer: string): number => (writer === 'meshferry' ? 1 : 0)
  const [last] = writes
    .filter(({ writer }) => writer !== ISTIOD)
    .sort((x, y) => (x.at === y.at ? rank(x.writer) - rank(y.writer) : x.at < y.at ? 1 : -1))
  return last ?? {}
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
