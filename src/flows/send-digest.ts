import { dayIn, lastMomentAt } from '../kernel/zone.ts'
import { digestDue, digestFacts, type DueDigest, isWorthTelling, LATE_MS, toldOf } from '../notify/digest.ts'
import { howFar } from '../notify/how-far.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { DigestFacts } from '../wire/card-facts.ts'
import type { DigestState } from '../wire/digest-state.ts'
import type { Run } from '../wire/run.ts'
import { censusDays } from './census-days.ts'
import { deadlineNow } from './deadline-now.ts'
import { freshCensus } from './fresh-census.ts'
import { heldNow } from './held-now.ts'
import { plainNotice } from './plain-notice.ts'
import type { Taken, WorkerContext } from './worker-context.ts'

/**
 * Looks whether the nightly digest is due and sends it, once; where pods can't be counted now, when they can be again: what was dealt with is saved in the cluster after it is in the queue, so
 * that a worker killed in between sends the same message again, which the bot knows. One guard for as long as this worker leads.
 */
export function newDigests(ctx: WorkerContext): () => Promise<void> {
  let known: DigestState | null = null
  let uncountedMs = 0
  return async () => {
    const run = await ctx.runs.current()
    if (!run || !migrationOf(run)) return
    const taken = freshCensus(ctx)
    const nowMs = ctx.clocks.calendar.now()
    const momentMs = lastMomentAt(nowMs, ctx.settings.digestAt, ctx.settings.timezone)
    if (!taken) {
      // Only in time: who comes later has counted nothing yet, and was not there.
      if (nowMs - momentMs <= LATE_MS) uncountedMs = momentMs
      return
    }
    known = await stateOf(ctx, run, momentMs, known)
    const due = digestDue(known, momentMs, nowMs)
    if (!due) return
    const why = due.late && uncountedMs === momentMs ? ({ uncounted: true } as const) : {}
    const held = await heldNow(ctx, run)
    const told = isWorth(ctx, known, taken, momentMs, held)
      ? await tell(ctx, run, { ...due, ...why, ...held }, known, taken)
      : known.told
    const next: DigestState = { ...known, handledMs: momentMs, ...(told ? { told } : {}) }
    await ctx.digestStore.save(next)
    known = next
  }
}

type Held = Pick<DigestFacts, 'held'>

function isWorth(
  { settings }: WorkerContext,
  known: DigestState,
  { census, stragglers }: Taken,
  momentMs: number,
  { held }: Held,
): boolean {
  if (known.told && known.told.held !== held) return true
  return isWorthTelling(known, census, stragglers, momentMs, { minute: settings.digestAt, zone: settings.timezone })
}

/** Of this run; one that has none yet begins at this moment, so that its first digest is tonight's. */
async function stateOf(
  ctx: WorkerContext,
  run: Run,
  momentMs: number,
  known: DigestState | null,
): Promise<DigestState> {
  const state = known ?? (await ctx.digestStore.read())
  const to = migrationOf(run)?.to ?? run.plan.to.revision
  if (state?.run === run.id && (state.to ?? run.plan.to.revision) === to) return state
  const first = { run: run.id, to, handledMs: momentMs }
  await ctx.digestStore.save(first)
  return first
}

async function tell(
  ctx: WorkerContext,
  run: Run,
  { momentMs, held, ...lateness }: DueDigest & Held & Pick<DigestFacts, 'uncounted'>,
  state: DigestState,
  { census, stragglers }: Taken,
): Promise<DigestState['told']> {
  const day = dayIn(momentMs, ctx.settings.timezone)
  const days = await censusDays(ctx, run, momentMs)
  const far = howFar(run, census, days, day)
  const isHeld = held ? { held } : {}
  const about = { day, ...lateness, ...far, ...isHeld, ...deadlineNow(ctx, run, census, ctx.settings.timezone) }
  const card = digestFacts(run, census, stragglers, state, about)
  // Its name has the day: the same evening is never two messages.
  await ctx.queue.addNotice(plainNotice(ctx, run, `${run.id}.digest.${day}`, card))
  return { ...toldOf(census, stragglers, day, ctx.clocks.calendar.now()), ...isHeld }
}
