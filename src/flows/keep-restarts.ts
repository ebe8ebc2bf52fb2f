import { isoOf } from '../kernel/clock.ts'
import { refusalOf, type Facts } from '../kernel/errors.ts'
import { afterUnread, afterWrite, ended, written } from '../restarts/advance.ts'
import { nameOf } from '../restarts/facts-of-workload.ts'
import type { RolledObject } from '../restarts/rollout.ts'
import { nextOf, restartPatch } from '../restarts/write.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Restart } from '../wire/restarts.ts'
import { isOpen, readWorkload } from './judge-restart.ts'
import { afterPlanned, whyNotNow } from './planned-restart.ts'
import { sendRestart } from './send-restart.ts'
import type { WorkerContext } from './worker-context.ts'

/** Who wrote it, in managedFields: not the name of our other writes, so that the evidence can tell a click from anything else. */
export const OWNERS_MANAGER = 'meshferry-owner'

/**
 * Brings each restart that owners clicked one look further: writes what was recorded and is not written yet, waits until it is
 * healthy, tells each change. Where owners may restart nothing what was begun before is still brought to its end.
 */
export function newRestarts(ctx: WorkerContext): () => Promise<void> {
  let mayBeOpen = true
  return async () => {
    if (!mayBeOpen && ctx.settings.restarts !== 'owners') return
    const all = await ctx.restarts.read()
    mayBeOpen = all.some((one) => isOpen(one) || one.told < one.revision)
    const looked = all.filter(isOpen).map((one) => ({ one, seen: seenOf(ctx, one) }))
    for (const { one, seen } of looked) await safely(ctx, one, () => advance(ctx, one, seen))
    for (const one of await untold(ctx, mayBeOpen)) await safely(ctx, one, () => tell(ctx, one))
  }
}

async function untold(ctx: WorkerContext, mayBeOpen: boolean): Promise<readonly Restart[]> {
  return mayBeOpen ? (await ctx.restarts.read()).filter((one) => one.told < one.revision) : []
}

/** The workload, null where it is gone; or why it could not be read. */
type Seen = { readonly object: RolledObject | null } | { readonly error: unknown }

/** All are read at once: one that the API server is slow to give holds up no other. Before a picked time nothing is read. */
async function seenOf(ctx: WorkerContext, { state, workload }: Restart): Promise<Seen> {
  if (state === 'planned') return { object: null }
  try {
    return { object: await readWorkload(ctx, workload) }
  } catch (error) {
    return { error }
  }
}

/**
 * The audit before the record: an act has its line though the worker dies in between, and the line is written once. What was dropped may
 * have been taken back meanwhile, so that its line waits for what the record came to, and is written before that is told.
 */
async function advance(ctx: WorkerContext, one: Restart, seen: Promise<Seen>): Promise<void> {
  const after = await afterLook(ctx, one, seen)
  if (after === one) return
  const what = lineOf(after)
  if (what && after.state !== one.state && after.state !== 'dropped') await audit(ctx, after, what)
  await save(ctx, after)
}

async function afterLook(ctx: WorkerContext, one: Restart, looked: Promise<Seen>): Promise<Restart> {
  if (one.state === 'planned') return afterPlanned(ctx, one)
  const seen = await looked
  const nowMs = ctx.clocks.calendar.now()
  const { restartDeadline } = ctx.settings.times
  if ('error' in seen) return endedUnread(one, seen.error, restartDeadline, nowMs)
  return one.state === 'asked' ? write(ctx, one, seen.object) : afterWrite(one, seen.object, restartDeadline, nowMs)
}

function endedUnread(one: Restart, error: unknown, deadlineMs: number, nowMs: number): Restart {
  const { code, facts } = refusalOf(error)
  const after = afterUnread(one, codedOf(code, facts), deadlineMs, nowMs)
  if (after === one) throw error
  return after
}

async function write(ctx: WorkerContext, one: Restart, object: RolledObject | null): Promise<Restart> {
  const nowMs = ctx.clocks.calendar.now()
  const next = nextOf(one, object)
  if (next.kind === 'no') return ended(one, 'failed', next.because, nowMs)
  if (next.kind === 'written' || !object || one.stamp === undefined) return written(one, nowMs)
  const closed = await whyNotNow(ctx, one)
  return closed ? ended(one, 'dropped', closed, nowMs) : afterSending(ctx, one, object, one.stamp)
}

/**
 * The one write of a restart. That it is tried is noted before, so that it is not made again of a template that somebody put back
 * meanwhile. A conflict was no write, and is looked at once more; what the API server refuses for good ends it.
 */
async function afterSending(ctx: WorkerContext, one: Restart, object: RolledObject, stamp: string): Promise<Restart> {
  const nowMs = ctx.clocks.calendar.now()
  const { namespace, kind, name } = one.workload
  const ref = { apiVersion: 'apps/v1', kind, name, namespace }
  await save(ctx, { ...one, tried: object.metadata.generation ?? 0 })
  try {
    await ctx.cluster.patchJson(ref, restartPatch(object, stamp), { manager: OWNERS_MANAGER })
    return written(one, nowMs)
  } catch (error) {
    const { code, facts } = refusalOf(error)
    if (code === 'CLUSTER_CONFLICT') return { ...one }
    if (!FINAL.includes(code) || mayBeMade(facts)) throw error
    return ended(one, 'failed', codedOf(code, facts), nowMs)
  }
}

/** A server or proxy that failed may have passed the write on: the next look finds the stamp, or makes the write. */
function mayBeMade({ status }: Facts): boolean {
  return typeof status === 'number' && status >= 500
}

const FINAL: readonly string[] = ['CLUSTER_FORBIDDEN', 'CLUSTER_REFUSED', 'CLUSTER_INVALID', 'CLUSTER_UNAUTHORIZED']

function lineOf({ state, workload, team, because }: Restart): Coded | null {
  const facts = { workload: nameOf(workload), team }
  if (state === 'running') return codedOf('RESTART_WRITTEN', facts)
  if (state === 'done') return codedOf('RESTART_DONE', facts)
  if (state === 'failed') return codedOf('RESTART_FAILED', { ...facts, ...(because ? { because: because.code } : {}) })
  if (state === 'dropped' && because?.code === 'RESTART_TAKEN_BACK') return because
  if (state === 'dropped')
    return codedOf('RESTART_DROPPED', { ...facts, ...(because ? { because: because.code } : {}) })
  return null
}

async function audit(ctx: WorkerContext, { id, run, state }: Restart, what: Coded): Promise<void> {
  const at = isoOf(ctx.clocks.calendar.now())
  await ctx.audit.append({ id: `restart.${id}.${state}`, at, cluster: ctx.settings.cluster, run, what })
}

/** What ended meanwhile, since its time was taken back, stays as it is. */
async function save(ctx: WorkerContext, after: Restart): Promise<void> {
  await ctx.restarts.change((all) =>
    all.map((one) => (one.id === after.id && isOpen(one) ? { ...after, told: one.told } : one)),
  )
}

/** Sent before it is noted: a worker killed in between sends the same once more, which the bot knows. */
async function tell(ctx: WorkerContext, one: Restart): Promise<void> {
  const what = one.state === 'dropped' ? lineOf(one) : null
  if (what) await audit(ctx, one, what)
  await sendRestart(ctx, one)
  await ctx.restarts.change((all) =>
    all.map((other) => (other.id === one.id ? { ...other, told: Math.max(other.told, one.revision) } : other)),
  )
}

async function safely(ctx: WorkerContext, { id, workload }: Restart, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    const { code, facts } = refusalOf(error)
    ctx.log.warn('a restart could not be brought further and is looked at again', {
      ...facts,
      restart: id,
      workload: nameOf(workload),
      code,
    })
  }
}
