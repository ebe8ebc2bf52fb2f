import { isoOf } from '../kernel/clock.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { withCall } from './calls.ts'
import { currentProgress, runMessage, withAudit, withMessage } from './draft.ts'
import { codedOf } from './event.ts'

/** Going on or back by ourselves would be a guess: people look (promise 4), and somebody is called to. */
export function halt(run: Run, because: Coded, nowMs: number): Run {
  const halted = { ...run, state: 'halted' as const, halted: because }
  const audited = withAudit(halted, codedOf('HALTED', { because: because.code, phase: run.phase }), nowMs)
  return withCall(withMessage(progressed(audited), runMessage(run)), 'halted', because, nowMs)
}

export function withoutHolder(run: Run, id: string): Run {
  const steps = run.steps.map((step) => {
    if (step.id !== id || !step.holder) return step
    const { holder: _, ...rest } = step
    return rest
  })
  return { ...run, steps }
}

/** Shows the progress message in its new state, if there is one. */
export function progressed(run: Run): Run {
  const progress = currentProgress(run)
  return progress ? withMessage(run, progress.id) : run
}

export function closeProgress(run: Run, nowMs: number): Run {
  const progress = run.progress.map((entry) => (entry.endedAt ? entry : { ...entry, endedAt: isoOf(nowMs) }))
  return { ...run, progress }
}
