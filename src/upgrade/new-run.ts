import { isoOf } from '../kernel/clock.ts'
import { hashOf } from '../kernel/hash.ts'
import type { Person } from '../wire/person.ts'
import type { Plan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'
import { PHASES } from '../wire/names.ts'
import { waitingStep, withAudit, withVerdict } from './draft.ts'
import { codedOf } from './event.ts'

/**
 * The plan's hash, which approvals are bound to: who, what, how, with which binaries and file. Counts, examples and times
 * are shown on the card and not hashed, so that a new pod voids nothing (promise 2).
 */
export function planHashOf(plan: Plan): string {
  const classes = plan.classes.map(({ key, before, after }) => ({ key, before, after }))
  const { madeAt: _, classes: __, ...rest } = plan
  return hashOf(1, { ...rest, classes })
}

export type NewRun = {
  readonly id: string
  readonly plan: Plan
  readonly channel: string
  readonly requestedBy: Person
  readonly request: string
  readonly nowMs: number
}

/** A run at its beginning: planned, nothing asked yet. Its first card comes from the event `ask`. */
export function newRun(input: NewRun): Run {
  const { plan, nowMs } = input
  const run: Run = {
    v: 1,
    id: input.id,
    cluster: plan.cluster,
    channel: input.channel,
    requestedBy: input.requestedBy,
    requestedAt: isoOf(nowMs),
    plan,
    planHash: planHashOf(plan),
    state: 'waiting',
    phase: PHASES[0],
    cards: [],
    fields: {},
    steps: plan.steps.map((step) => waitingStep(step.id, 0)),
    conditions: [],
    messages: {},
    progress: [],
    alarms: [],
    pending: [],
    effects: 0,
  }
  const facts = {
    run: run.id,
    to: plan.to.version,
    from: plan.from.map((plane) => plane.version),
    planHash: run.planHash,
  }
  const audited = withAudit(run, codedOf('PLANNED', facts), nowMs, { who: input.requestedBy })
  return withVerdict(audited, input.request, codedOf('PLANNED', facts))
}
