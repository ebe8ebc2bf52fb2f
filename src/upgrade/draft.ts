import { isoOf } from '../kernel/clock.ts'
import type { Coded } from '../wire/facts.ts'
import type { Person } from '../wire/person.ts'
import type { SignedRequest } from '../wire/request.ts'
import type { Effect, Proof, Run, StepEntry } from '../wire/run.ts'

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** An effect before it got its id. */
export type NewEffect = DistributiveOmit<Effect, 'id'>

/** The run with one more pending effect, numbered so that its id is stable over repeats of the same save. */
export function withEffect(run: Run, effect: NewEffect): Run {
  const number = run.effects + 1
  return { ...run, effects: number, pending: [...run.pending, { ...effect, id: `${run.id}.e${number}` }] }
}

/** Whose doing it is; of a click also the request that carried it. */
type By = { readonly who: Person; readonly signed?: SignedRequest }

export function withAudit(run: Run, what: Coded, nowMs: number, by?: By): Run {
  const whose = by ? { who: by.who, ...(by.signed ? { request: by.signed } : {}) } : {}
  return withEffect(run, { kind: 'audit', what, at: isoOf(nowMs), ...whose })
}

export function withVerdict(run: Run, request: string, said: Coded): Run {
  return withEffect(run, { kind: 'verdict', request, ok: true, said })
}

/** Bumps the message's revision and asks for it to be shown. */
export function withMessage(run: Run, message: string): Run {
  const revision = (run.messages[message] ?? 0) + 1
  return withShowing({ ...run, messages: { ...run.messages, [message]: revision } }, message)
}

/**
 * One pending effect per message is enough: it shows the present. It is a new one each time, because the one that was pending
 * may be under way with the revision before, and striking that off must not strike off this one.
 */
export function withShowing(run: Run, message: string): Run {
  const pending = run.pending.filter((effect) => effect.kind !== 'message' || effect.message !== message)
  return withEffect({ ...run, pending }, { kind: 'message', message })
}

/** A step of which nothing has been done; its next attempt is the one after `attempt`. */
export function waitingStep(id: string, attempt: number): StepEntry {
  return { id, state: 'waiting', attempt, acted: false, proofs: [], evidence: [] }
}

export function withStep(run: Run, id: string, change: Partial<StepEntry>): Run {
  return { ...run, steps: run.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) }
}

/**
 * The step's proofs, and those of the steps that end a phase; the ones in between are forgotten once the next is there, because
 * with 60 classes and 8 tags they alone would exceed what a record may hold, and nothing could be saved any more.
 */
export function withProofs(run: Run, id: string, proofs: readonly Proof[]): Run {
  const last = new Map(run.plan.steps.map((step) => [step.phase, step.id]))
  const kept = new Set([...last.values(), id])
  const steps = run.steps.map((step) => {
    if (step.id === id) return { ...step, proofs: [...proofs] }
    return kept.has(step.id) || step.proofs.length === 0 ? step : { ...step, proofs: [] }
  })
  return { ...run, steps }
}

/** The id of the run's next alarm, call or progress: numbered over all that it ever had, though the record forgets the oldest. */
export function nextId(run: Run, kind: 'alarm' | 'call' | 'progress'): string {
  const entries = { alarm: run.alarms, call: run.calls ?? [], progress: run.progress }
  const numbers = entries[kind].map(({ id }) => Number(id.split('.').at(-1)))
  return `${run.id}.${kind}.${Math.max(0, ...numbers) + 1}`
}

/** The message that shows the run as a whole. */
export function runMessage(run: Run): string {
  return `${run.id}.run`
}

/** The progress message that is shown now, or null before anything was started. */
export function currentProgress(run: Run): Run['progress'][number] | null {
  return run.progress.at(-1) ?? null
}
