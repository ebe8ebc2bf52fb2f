import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Move, moves, play, POLICY } from '../../test/support/drawn-moves.ts'
import { aRun } from '../../test/support/run-builders.ts'
import { switched } from '../../test/support/played-run.ts'
import type { Effect, Run } from '../wire/run.ts'
import { openCard } from './cards.ts'
import { planHashOf } from './new-run.ts'
import type { RunEvent } from './event.ts'
import { isResting, phaseDone, stepPlanOf } from './step-order.ts'
import { whyNotQuiet } from './unused.ts'
import { isListed } from './who-may.ts'

const FINAL = ['started', 'rejected', 'expired', 'superseded', 'withdrawn']

function newForwardSteps(before: Run, after: Run): readonly string[] {
  const known = new Set(before.pending.map((effect) => effect.id))
  return after.pending.flatMap((e) =>
    e.kind === 'step' && e.direction === 'forward' && !known.has(e.id) ? [e.step] : [],
  )
}

/** Steps that begin going forward, whoever put their job into the queue. */
function newlyRunning(before: Run, after: Run): readonly string[] {
  const ran = new Set(before.steps.filter(({ state }) => state === 'running').map(({ id }) => id))
  return after.steps.filter(({ id, state }) => state === 'running' && !ran.has(id)).map(({ id }) => id)
}

const RUNS = { numRuns: 150 }

/** What a look at each change found wrong. Plain comparisons: an `expect` for each of some 100,000 costs seconds. */
function troubles({ drawn, start }: Drawn, look: Look): readonly unknown[] {
  const found: unknown[] = []
  play(drawn, (before, after, event, nowMs) => void found.push(...look(before, after, event, nowMs)), start)
  return found
}

type Drawn = { readonly drawn: readonly Move[]; readonly start: Run }
type Look = (before: Run, after: Run, event: RunEvent, nowMs: number) => readonly unknown[]

/** Half of the orders begin where the weeks after the switch do: few of those that begin with the plan get so far. */
const orders: fc.Arbitrary<Drawn> = fc.record({ drawn: moves, start: fc.constantFrom(aRun(), switched()) })

function approvedWrongly(after: Run, step: string): readonly unknown[] {
  const phase = stepPlanOf(after, step)?.phase
  const card = after.cards.findLast((c) => c.phase === phase && c.state === 'started')
  const approvals = (card?.decisions ?? []).filter((d) => d.verdict === 'approve')
  const by = new Set(approvals.map((d) => d.who.user))
  const rule = phase ? POLICY.approve[phase] : { need: 99, from: [] }
  const listed = approvals.every((d) => isListed(d.who, rule.from)) && !by.has(after.requestedBy.user)
  const right = listed && card?.planHash === planHashOf(after.plan)
  return right && by.size >= rule.need ? [] : [{ step, by: [...by] }]
}

/** Ended cards that are no longer as they ended (old ones that nobody decided may be forgotten), and open cards beside the one that may be open. */
function outcomesChanged(before: Run, after: Run): readonly unknown[] {
  const there = new Set(after.cards.map(({ id }) => id))
  const ended = before.cards.filter((c) => FINAL.includes(c.state) && (there.has(c.id) || c.decisions.length > 0))
  const changed = ended.filter(
    (card) =>
      !isDeepStrictEqual(
        after.cards.find((c) => c.id === card.id),
        card,
      ),
  )
  const open = after.cards.filter((c) => c.state === 'pending' || c.state === 'approved')
  return [...changed, ...open.slice(1)]
}

/** Where journal and plan part: a step without a plan, what was done forgotten, or a plan changed beside an open card of it. */
function plansApart(before: Run, after: Run): readonly unknown[] {
  const planned = after.plan.steps.map(({ id }) => id)
  const journal = isDeepStrictEqual(
    planned,
    after.steps.map(({ id }) => id),
  )
  const hash = after.planHash === planHashOf(after.plan)
  const acted = before.steps.filter((step) => step.acted && !planned.includes(step.id))
  const again = before.steps.filter(
    (step) => (after.steps.find(({ id }) => id === step.id)?.attempt ?? step.attempt) < step.attempt,
  )
  const open = after.cards.filter(
    (card) => ['pending', 'approved'].includes(card.state) && card.planHash !== after.planHash,
  )
  return [...(journal && hash ? [] : [planned]), ...acted, ...again, ...open]
}

function doneUnproven(before: Run, after: Run): readonly unknown[] {
  const left = before.phase !== after.phase || (before.state !== 'done' && after.state === 'done')
  return left && !phaseDone(after, before.phase) ? [before.phase] : []
}

/** An approval of the retirement that counted although another name, or none, was typed. */
function typedWrongly(before: Run, after: Run, event: RunEvent): readonly unknown[] {
  if (event.kind !== 'approve' || event.typed?.trim().toLowerCase() === before.cluster) return []
  const decisions = ({ cards }: Run): number =>
    cards.filter(({ phase }) => phase === 'retire').reduce((sum, card) => sum + card.decisions.length, 0)
  return decisions(after) > decisions(before) ? [event.typed] : []
}

/** A card that asks to let OLD go, left open by a census that says that somebody uses it. */
function askedWhileUsed(_: Run, after: Run, event: RunEvent, nowMs: number): readonly unknown[] {
  if (event.kind !== 'unused-look' || !['rehearse', 'retire'].includes(after.phase)) return []
  return openCard(after) && isResting(after) && whyNotQuiet(after, POLICY.quietMs, nowMs) ? [event.look] : []
}

describe('decide, over any order of events', () => {
  test('acts only on valid approvals by enough different listed people who did not ask for it', () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        const found = troubles(drawn, (before, after) =>
          [...newForwardSteps(before, after), ...newlyRunning(before, after)].flatMap((step) =>
            approvedWrongly(after, step),
          ),
        )
        expect(found).toEqual([])
      }),
      RUNS,
    )
  })

  test('never leaves two outcomes for one card, nor two open cards', () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        expect(troubles(drawn, outcomesChanged)).toEqual([])
      }),
      RUNS,
    )
  })

  test('changes the plan only of what has not begun, and never under a card that asks for the one before', () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        expect(troubles(drawn, plansApart)).toEqual([])
      }),
      RUNS,
    )
  })

  test('never calls a phase done without its proof', () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        expect(troubles(drawn, doneUnproven)).toEqual([])
      }),
      RUNS,
    )
  })

  test('retires only by the name of the cluster, and asks nobody for it while somebody uses OLD', () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        const found = troubles(drawn, (before, after, event, nowMs) => [
          ...typedWrongly(before, after, event),
          ...askedWhileUsed(before, after, event, nowMs),
        ])
        expect(found).toEqual([])
      }),
      RUNS,
    )
  })

  test('starts nothing forward while stopped or rolling back, and at most one step at a time', () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        const found = troubles(drawn, (before, after) => [
          ...(after.stopped || after.rollback ? newForwardSteps(before, after) : []),
          ...after.steps.filter((s) => s.state === 'running' || s.state === 'undoing').slice(1),
        ])
        expect(found).toEqual([])
      }),
      RUNS,
    )
  })

  test('a rollback leaves nothing acted, unless it halted and said why', () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        const run = play(drawn.drawn, () => undefined, drawn.start)
        expect(run.state === 'returned' && run.steps.some((step) => step.acted)).toBe(false)
        expect(run.state === 'halted' && run.halted === undefined).toBe(false)
      }),
      RUNS,
    )
  })

  test('numbers every effect once', () => {
    fc.assert(
      fc.property(orders, (drawn) => {
        const known = new Map<string, Effect>()
        const found = troubles(drawn, (_, after) =>
          after.pending.filter((effect) => {
            const first = known.get(effect.id) ?? effect
            known.set(effect.id, first)
            return first !== effect && !isDeepStrictEqual(first, effect)
          }),
        )
        expect(found).toEqual([])
      }),
      RUNS,
    )
  })
})

describe('the drawn orders', () => {
  test('do reach every end of a run, so that the properties above speak of them', () => {
    const states = new Set<string>()
    for (const { drawn, start } of fc.sample(orders, { numRuns: 300, seed: 7 })) {
      play(drawn, (_, after) => states.add(after.state), start)
    }
    for (const state of ['running', 'undoing', 'halted', 'switched', 'returned', 'done', 'ended']) {
      expect([...states]).toContain(state)
    }
  })

  test('do switch by a plan that was made anew on the way', () => {
    const ends = fc.sample(moves, { numRuns: 300, seed: 7 }).map((drawn) => play(drawn, () => undefined))
    const switched = ends.filter(
      ({ state, cards }) => state === 'switched' && new Set(cards.map((card) => card.planHash)).size > 1,
    )
    expect(switched.length).toBeGreaterThan(0)
  })
})
