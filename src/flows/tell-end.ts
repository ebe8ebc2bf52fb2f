import { runMessage } from '../upgrade/draft.ts'
import type { UpgradeReport } from '../wire/read-model.ts'
import type { Run } from '../wire/run.ts'
import { isHistory } from './is-history.ts'
import { plainNotice } from './plain-notice.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * The last message of an upgrade, with the numbers of its report. Its revision is that of the run's own message, which counts each
 * change of the run's state: made again (by another worker, after Redis was flushed) it is the same message, not a second one.
 */
export async function tellEnd(ctx: WorkerContext, run: Run, report: UpgradeReport): Promise<void> {
  const message = `${run.id}.end`
  const revision = run.messages[runMessage(run)] ?? 1
  const posted = (await ctx.store.messages())[message]
  if (posted ? posted.revision >= revision : isHistory(run, ctx.clocks.calendar.now())) return
  const { cluster, from, to, state, requestedBy, numbers, proven, alarms } = report
  const card = { card: 'end', cluster, run: run.id, from, to, state, requestedBy, numbers, proven, alarms } as const
  await ctx.queue.addNotice({
    ...plainNotice(ctx, run, message, card),
    id: `${message}.${revision}`,
    revision,
    confirm: true,
    ...(posted ? { posted } : {}),
  })
}
