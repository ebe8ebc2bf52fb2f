import type { Click } from '../upgrade/event.ts'
import type { Answer } from './answer.ts'
import { answerOf } from './answer.ts'
import type { WorkerContext } from './worker-context.ts'

export async function stopRun(ctx: WorkerContext, click: Click): Promise<Answer> {
  return answerOf(await ctx.runs.change({ kind: 'stop', click }, ctx.clocks.calendar.now()))
}

export async function resumeRun(ctx: WorkerContext, click: Click): Promise<Answer> {
  return answerOf(await ctx.runs.change({ kind: 'resume', click }, ctx.clocks.calendar.now()))
}

/** Nothing is read from the cluster first: the way back depends on as little as possible. */
export async function rollBack(ctx: WorkerContext, click: Click, reason: string): Promise<Answer> {
  return answerOf(await ctx.runs.change({ kind: 'rollback', click, reason }, ctx.clocks.calendar.now()))
}
