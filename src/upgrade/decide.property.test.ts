import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  LEE,
  MEI,
  OUTSIDER,
  SRE,
  T0,
  aClick,
  aHolder,
  aPolicy,
  aProof,
  aRun,
  aStanding,
  clickOn,
} from '../../test/support/run-builders.ts'
import type { Run } from '../wire/run.ts'
import { openCard } from './cards.ts'
import { decide } from './decide.ts'
import type { RunEvent } from './event.ts'
import { codedOf } from './event.ts'
import { phaseDone, stepPlanOf } from './step-order.ts'
import { isListed } from './who-may.ts'

const PEOPLE = [LEE, MEI, SRE, OUTSIDER]
const FINAL = ['started', 'rejected', 'expired', 'superseded', 'withdrawn']
const MOVES = [
  'ask',
  'approve',
  'approve',
  'approve',
  'start',
  'start',
  'reject',
  'ask-again',
  'stop',
  'resume',
  'rollback',
  'began',
  'began',
  'acts',
  'acts',
  'done',
  'done',
  'done',
  'fail-undo',
  'fail-halt',
  'undone',
  'undo-failed',
  'taken-over',
  'expired',
  'alarm',
  'alarm-over',
  'applied',
] as const

type Move = {
  readonly kind: (typeof MOVES)[number] | 'onward'
  readonly who: number
  readonly pick: number
  readonly changed: boolean
  readonly blocked: boolean
  readonly forged: boolean
  readonly verdict: 'right' | 'wrong' | 'unprovable'
  readonly later: number
}

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant('onward' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...MOVES) },
  ),
  who: fc.nat(PEOPLE.length - 1),
  pick: fc.nat(20),
  changed: fc.constantFrom(false, false, false, false, true),
  blocked: fc.constantFrom(false, false, false, true),
  forged: fc.constantFrom(false, false, false, true),
  verdict: fc.constantFrom('right', 'right', 'right', 'wrong', 'unprovable'),
  later: fc.constantFrom(1000, 1000, 1000, 60_000, 3_600_000, 20 * 3_600_000),
})

/** Turns a drawn move into an event against the run as it stands: often a sensible one, sometimes a forged or late one. */
function eventFor(run: Run, drawn: Move, id: string): RunEvent {
  const who = PEOPLE[drawn.who] ?? LEE
  const click = aClick(who)
  const card = openCard(run) ?? run.cards[drawn.pick % Math.max(1, run.cards.length)]
  const clicked = card ? clickOn(card) : { id: 'ap-x', revision: 0, digest: 'd', planHash: 'p', fingerprint: 'f' }
  const seen = drawn.forged ? { ...clicked, digest: '1'.repeat(64) } : clicked
  const standing = aStanding(card?.phase ?? run.phase, {
    fingerprint: (drawn.changed ? 'e' : 'f').repeat(64),
    blocked: drawn.blocked ? [codedOf('OUTSIDE_WINDOW')] : [],
  })
  const busy = run.steps.find((step) => step.state === 'running' || step.state === 'undoing')
  const step = busy ?? run.steps.find((s) => s.state !== 'done') ?? run.steps[0]
  const about = { step: step?.id ?? '', attempt: step?.attempt ?? 0 }
  const proofs = [aProof(drawn.verdict)]
  switch (drawn.kind) {
    case 'ask':
      return { kind: 'ask', id, standing: aStanding(run.phase) }
    case 'approve':
      return { kind: 'approve', click, card: seen, standing }
    case 'start':
      return { kind: 'start', click, card: seen, standing }
    case 'reject':
      return { kind: 'reject', click, card: seen, reason: 'not now' }
    case 'ask-again':
      return { kind: 'ask-again', click, id, standing: aStanding(run.phase) }
    case 'stop':
    case 'resume':
      return { kind: drawn.kind, click }
    case 'rollback':
      return { kind: 'rollback', click, reason: '' }
    case 'began':
      return { kind: 'step-began', ...about, holder: aHolder() }
    case 'acts':
      return { kind: 'step-acts', ...about, holder: aHolder(), changes: true }
    case 'done':
      return { kind: 'step-done', ...about, proofs, evidence: [] }
    case 'fail-undo':
    case 'fail-halt':
      return {
        kind: 'step-failed',
        ...about,
        proofs,
        error: codedOf('X'),
        way: drawn.kind === 'fail-undo' ? 'undo' : 'halt',
      }
    case 'undone':
      return { kind: 'step-undone', ...about, proofs, evidence: [] }
    case 'undo-failed':
      return { kind: 'undo-failed', ...about, proofs, error: codedOf('X') }
    case 'taken-over':
      return { kind: 'taken-over', ...about }
    case 'expired':
      return { kind: 'expired', card: card?.id ?? '' }
    case 'alarm':
      return { kind: 'alarm', id: `${run.id}.alarm.${run.alarms.length + 1}`, key: 'k', what: codedOf('ALARM_GAP') }
    case 'alarm-over':
      return { kind: 'alarm-over', key: 'k' }
    case 'applied':
    case 'onward':
      return { kind: 'effects-applied', ids: run.pending.map((effect) => effect.id) }
  }
}

/** The move that brings the run on, whatever it waits for: without it random orders seldom get beyond the first card. */
function onward(run: Run, drawn: Move): Move {
  const card = openCard(run)
  const busy = run.steps.find((step) => step.state === 'running' || step.state === 'undoing')
  const fair = { ...drawn, forged: false, changed: false, blocked: false, verdict: 'right' as const, later: 1000 }
  if (run.stopped) return { ...fair, kind: 'resume', who: 1 }
  if (busy) return { ...fair, kind: onwardStep(busy) }
  if (card?.state === 'pending') return { ...fair, kind: 'approve', who: drawn.who % 2 === 0 ? 1 : 2 }
  if (card?.state === 'approved') return { ...fair, kind: 'start', who: 0 }
  if (run.state === 'running') return { ...fair, kind: 'began' }
  if (run.state === 'halted') return { ...fair, kind: 'resume', who: 1 }
  return { ...fair, kind: run.cards.some((c) => c.phase === run.phase) ? 'ask-again' : 'ask', who: 1 }
}

function onwardStep(step: Run['steps'][number]): Move['kind'] {
  if (!step.holder) return 'began'
  if (step.state === 'undoing') return 'undone'
  return step.acted ? 'done' : 'acts'
}

const policy = aPolicy()

function play(moves: readonly Move[], look: (before: Run, after: Run, event: RunEvent) => void): Run {
  let run = aRun()
  let now = T0
  moves.forEach((wish, i) => {
    const drawn = wish.kind === 'onward' ? onward(run, wish) : wish
    now += drawn.later
    const id = `ap-01jd9q4t7h${String(i).padStart(16, '0')}`
    const event = eventFor(run, drawn, id)
    const decided = decide(run, event, policy, now)
    const after = decided.run ?? run
    look(run, after, event)
    run = after
  })
  return run
}

function newForwardSteps(before: Run, after: Run): readonly string[] {
  const known = new Set(before.pending.map((effect) => effect.id))
  return after.pending.flatMap((e) =>
    e.kind === 'step' && e.direction === 'forward' && !known.has(e.id) ? [e.step] : [],
  )
}

const moves = fc.array(move, { minLength: 5, maxLength: 80, size: 'max' })
const RUNS = { numRuns: 150 }

describe('decide, over any order of events', () => {
  test('acts only on valid approvals by enough different listed people who did not ask for it', () => {
    fc.assert(
      fc.property(moves, (drawn) => {
        play(drawn, (before, after) => {
          for (const id of newForwardSteps(before, after)) {
            const phase = stepPlanOf(after, id)?.phase
            const card = after.cards.findLast((c) => c.phase === phase && c.state === 'started')
            const by = new Set((card?.decisions ?? []).filter((d) => d.verdict === 'approve').map((d) => d.who.user))
            const rule = phase ? policy.approve[phase] : { need: 99, from: [] }
            expect(by.size).toBeGreaterThanOrEqual(rule.need)
            expect(by.has(after.requestedBy.user)).toBe(false)
            expect(card?.decisions.every((d) => d.verdict !== 'approve' || isListed(d.who, rule.from))).toBe(true)
          }
        })
      }),
      RUNS,
    )
  })

  test('never leaves two outcomes for one card, nor two open cards', () => {
    fc.assert(
      fc.property(moves, (drawn) => {
        play(drawn, (before, after) => {
          for (const card of before.cards.filter((c) => FINAL.includes(c.state))) {
            expect(after.cards.find((c) => c.id === card.id)).toEqual(card)
          }
          expect(after.cards.filter((c) => c.state === 'pending' || c.state === 'approved').length).toBeLessThanOrEqual(
            1,
          )
        })
      }),
      RUNS,
    )
  })

  test('never calls a phase done without its proof', () => {
    fc.assert(
      fc.property(moves, (drawn) => {
        play(drawn, (before, after) => {
          if (before.phase === 'install' && after.phase === 'switch') expect(phaseDone(after, 'install')).toBe(true)
          if (before.state !== 'switched' && after.state === 'switched') expect(phaseDone(after, 'switch')).toBe(true)
        })
      }),
      RUNS,
    )
  })

  test('starts nothing forward while stopped or rolling back, and at most one step at a time', () => {
    fc.assert(
      fc.property(moves, (drawn) => {
        play(drawn, (before, after) => {
          if (after.stopped || after.rollback) expect(newForwardSteps(before, after)).toEqual([])
          expect(after.steps.filter((s) => s.state === 'running' || s.state === 'undoing').length).toBeLessThanOrEqual(
            1,
          )
        })
      }),
      RUNS,
    )
  })

  test('a rollback leaves nothing acted, unless it halted and said why', () => {
    fc.assert(
      fc.property(moves, (drawn) => {
        const run = play(drawn, () => undefined)
        if (run.state === 'returned') expect(run.steps.some((step) => step.acted)).toBe(false)
        if (run.state === 'halted') expect(run.halted).toBeDefined()
      }),
      RUNS,
    )
  })

  test('numbers every effect once', () => {
    fc.assert(
      fc.property(moves, (drawn) => {
        const ids = new Map<string, string>()
        play(drawn, (_, after) => {
          for (const effect of after.pending) {
            const text = JSON.stringify(effect)
            expect(ids.get(effect.id) ?? text).toBe(text)
            ids.set(effect.id, text)
          }
        })
      }),
      RUNS,
    )
  })
})

describe('the drawn orders', () => {
  test('do reach every end of a run, so that the properties above speak of them', () => {
    const states = new Set<string>()
    for (const drawn of fc.sample(moves, { numRuns: 300, seed: 7 })) play(drawn, (_, after) => states.add(after.state))
    for (const state of ['running', 'undoing', 'halted', 'switched', 'returned']) expect([...states]).toContain(state)
  })
})
