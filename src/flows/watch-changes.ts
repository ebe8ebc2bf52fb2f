import { fingerprintFields, unrecordedFields } from '../istio/fingerprint-fields.ts'
import type { ForeignChange } from '../istio/foreign-changes.ts'
import { foreignChange, settledAfterStep } from '../istio/foreign-changes.ts'
import type { Mesh } from '../istio/mesh.ts'
import { unreadInjection } from '../istio/unread.ts'
import { refusalOf } from '../kernel/errors.ts'
import { hashOf } from '../kernel/hash.ts'
import { sleep } from '../kernel/retry.ts'
import { codedOf } from '../upgrade/event.ts'
import { busyStep } from '../upgrade/step-order.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { shortened } from './standing.ts'
import type { WorkerContext } from './worker-context.ts'

/** Keys of the alarms that this file raises begin with it. */
export const CHANGED_PREFIX = 'changed.'

/** As many as a sentence shows of a list. */
const NAMED = 6
/** Whoever changes one object often changes more: the alarm waits, not for long, until two looks agree. */
const CALM_MS = 700
const LOOKS = 6

/** How a step of ours left the watched fields, by what was `seen` after it; null when they can't be read, then the guard looks anew. */
export async function settledNow(ctx: WorkerContext, run: Run, seen?: Mesh): Promise<Run['fields'] | null> {
  try {
    const mesh = seen ?? (await ctx.cluster.readInjection())
    // Whoever asks for the status right after the step is answered by what the step left, not by what was read in its middle.
    ctx.keepMesh(mesh)
    if (unreadInjection(mesh)) return null
    const now = shortened(fingerprintFields(mesh))
    return { ...settledAfterStep(mesh, run.settled ?? now, now) }
  } catch (error) {
    ctx.log.warn('how the step left the injectors could not be read', { code: refusalOf(error).code })
    return null
  }
}

type ChangedAlarm = { readonly key: string; readonly what: Coded }

/**
 * ALARM_CHANGED when somebody else changed what injection rests on since our last step or card, though every pod still gets
 * what it should: an upgrade by Helm, a patch by hand. It names the writer, and nothing fights it. `unknown` while a step of
 * ours is at work, or while not all of it can be read.
 */
export async function changedAlarm(ctx: WorkerContext): Promise<ChangedAlarm | null | 'unknown'> {
  let seen = await changedNow(ctx)
  for (let look = 1; isChange(seen) && look < LOOKS; look += 1) {
    await sleep(CALM_MS, ctx.lost)
    const again = await changedNow(ctx)
    if (isChange(again) && again.key === seen.key) break
    seen = again
  }
  return seen
}

async function changedNow(ctx: WorkerContext): Promise<ChangedAlarm | null | 'unknown'> {
  const run = await ctx.runs.current()
  if (!run || isAtWork(run)) return 'unknown'
  const mesh = await ctx.cluster.readInjection()
  if (unreadInjection(mesh)) return 'unknown'
  const now = shortened(fingerprintFields(mesh))
  const settled = settledWithAll(run.settled, now)
  if (settled !== null) await ctx.runs.change({ kind: 'settled', fields: settled }, ctx.clocks.calendar.now())
  if (!run.settled) return null
  const { operatorFile: _, ...before } = run.settled
  const change = foreignChange(mesh, before, now)
  if (!change) return null
  const values = change.fields.map((field) => [field, now[field] ?? ''])
  return { key: `${CHANGED_PREFIX}${hashOf(1, values).slice(0, 12)}`, what: alarmOf(change) }
}

/** What to keep where nothing was kept yet, or an earlier version kept fewer fields; null where nothing is missing. */
function settledWithAll(settled: Run['settled'], now: Run['fields']): Run['fields'] | null {
  if (!settled) return now
  const missing = unrecordedFields(settled, now)
  if (missing.length === 0) return null
  return { ...settled, ...Object.fromEntries(Object.entries(now).filter(([field]) => missing.includes(field))) }
}

function alarmOf({ objects, fields, writer }: ForeignChange): Coded {
  return codedOf('ALARM_CHANGED', {
    objects,
    fields: fields.slice(0, NAMED),
    ...(writer ? { writer } : {}),
    ...(fields.length > NAMED ? { more: fields.length - NAMED } : {}),
  })
}

function isChange(seen: ChangedAlarm | null | 'unknown'): seen is ChangedAlarm {
  return seen !== null && seen !== 'unknown'
}

/** Between the steps of a phase nothing is settled yet. */
export function isAtWork(run: Run): boolean {
  return busyStep(run) !== null || run.state === 'running' || run.state === 'undoing'
}
