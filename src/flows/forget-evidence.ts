import type { WorkerContext } from './worker-context.ts'

type Forgetting = Pick<WorkerContext, 'evidenceFiles' | 'log'> & {
  readonly settings: Pick<WorkerContext['settings'], 'cluster' | 'evidenceKeepMs'>
  readonly clocks: Pick<WorkerContext['clocks'], 'calendar'>
}

const LOOK_EVERY_MS = 6 * 3_600_000

/** Evidence of upgrades that ended before this moment (epoch ms) is not kept; null where all of it is. */
export function keptSince(keepMs: number | undefined, nowMs: number): number | null {
  return keepMs === undefined ? null : nowMs - keepMs
}

/**
 * Removes evidence that is older than the file keeps it, every few hours, and says so in the log. What can't be removed is a loud line
 * (EVIDENCE_NOT_REMOVED) and stays until the next look. `forgotten` is told when files are gone that a report may name. One for as
 * long as this worker leads.
 */
export function newForgetting(ctx: Forgetting, forgotten: () => void): () => Promise<void> {
  let dueMs = 0
  return async () => {
    const nowMs = ctx.clocks.calendar.now()
    const beforeMs = keptSince(ctx.settings.evidenceKeepMs, nowMs)
    if (!ctx.evidenceFiles || beforeMs === null || nowMs < dueMs) return
    dueMs = nowMs + LOOK_EVERY_MS
    const { removed, failed } = await ctx.evidenceFiles.removeOlder(ctx.settings.cluster, beforeMs)
    for (const { path, message } of failed) {
      ctx.log.error('old evidence could not be removed', { code: 'EVIDENCE_NOT_REMOVED', path, message })
    }
    if (removed.length === 0) return
    ctx.log.info('evidence was removed, as evidence.keep says', { files: removed.join(' ') })
    forgotten()
  }
}
