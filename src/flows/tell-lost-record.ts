import { isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import { codedOf } from '../upgrade/event.ts'
import type { RecordFacts } from '../wire/card-facts.ts'
import type { WorkerContext } from './worker-context.ts'

/** Of these the record itself is the cause; what the cluster doesn't answer is told in other ways, and mends itself. */
const LOST = ['RECORD_FORGED', 'RECORD_UNREADABLE']

type Told = { readonly message: string; readonly facts: RecordFacts }

/**
 * Tells the channel, and who is mentioned there, that the run's record cannot be believed or read, and when that is over. An
 * alarm of the run can't say it: such an alarm lives in that record. Each worker that comes to lead says it once more.
 */
export function newLostRecord(ctx: WorkerContext): () => Promise<void> {
  let open: Told | null = null
  return async () => {
    const what = await lostNow(ctx)
    if (what && open?.facts.what.code !== what.code) open = await raised(ctx, what)
    if (what || !open) return
    await send(ctx, { ...open, facts: { ...open.facts, endedAt: isoOf(ctx.clocks.calendar.now()) } }, 2)
    open = null
  }
}

async function lostNow(ctx: WorkerContext): Promise<RecordFacts['what'] | null> {
  try {
    await ctx.runs.current()
    return null
  } catch (error) {
    const { code, facts } = refusalOf(error)
    if (!LOST.includes(code)) throw error
    return codedOf(code, facts)
  }
}

async function raised(ctx: WorkerContext, what: RecordFacts['what']): Promise<Told> {
  const { cluster } = ctx.settings
  const facts: RecordFacts = { card: 'record', cluster, what, at: isoOf(ctx.clocks.calendar.now()) }
  const told = { message: `record-${what.code}-${ctx.clocks.machine.now()}`, facts }
  await send(ctx, told, 1)
  return told
}

async function send(
  { queue, settings, clocks }: WorkerContext,
  { message, facts }: Told,
  revision: number,
): Promise<void> {
  await queue.addNotice({
    v: 1,
    kind: 'message',
    id: `${message}.${revision}`,
    cluster: settings.cluster,
    at: isoOf(clocks.machine.now()),
    message,
    revision,
    channel: settings.channel,
    ...(settings.fallbackChannel ? { fallbackChannel: settings.fallbackChannel } : {}),
    mention: [...settings.mention],
    card: facts,
  })
}
