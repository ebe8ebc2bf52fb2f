import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { moves, play } from '../../test/support/drawn-moves.ts'
import {
  acting,
  after,
  approveBy,
  asked,
  atWork,
  installed,
  oldGoing,
  startBy,
  stepDone,
  stepUndone,
  switched,
  switching,
  theCard,
} from '../../test/support/played-run.ts'
import {
  aClick,
  aHolder,
  aPolicy,
  aProof,
  aRun,
  aStanding,
  LEE,
  MEI,
  SRE,
  T0,
} from '../../test/support/run-builders.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { codedOf } from './event.ts'
import { mentionsFor } from './mentions-for.ts'
import { messageFacts } from './message-facts.ts'

const WRONG = codedOf('PROOF_WRONG')
const RESUME = { kind: 'resume', click: aClick(MEI) } as const
const ROLLBACK = { kind: 'rollback', click: aClick(MEI), reason: 'errors at checkout' } as const
const ASK_AGAIN = { kind: 'ask-again', id: 'ap-01jd9q4t7h0000000000000009', click: aClick(LEE) } as const
const ON_CALL = ['S0ONCALL']

function failed(run: Run, way: 'undo' | 'halt', error: Coded = WRONG): Run {
  return after(run, { kind: 'step-failed', ...atWork(run), proofs: [aProof('wrong')], error, way })
}

/** At the proof of the switch, whose tag is moved. */
function proving(): Run {
  return acting(stepDone(acting(stepDone(acting(switching())))))
}

function undone(run: Run): Run {
  let now = run
  while (now.state === 'undoing') now = stepUndone(acting(now))
  return now
}

/** What each of the run's calls says now, the oldest first. */
function callsOf(run: Run): readonly unknown[] {
  return (run.calls ?? []).map(({ id }) => messageFacts(run, id))
}

/** Whom the messages that are to be sent now would mention, by their kind. */
function mentionedIn(run: Run, onCall: readonly string[] = ON_CALL): Readonly<Record<string, readonly string[]>> {
  const told = run.pending.flatMap((effect) => (effect.kind === 'message' ? [effect.message] : []))
  const of = (message: string) => [messageFacts(run, message)?.card ?? '', mentionsFor(run, message, aPolicy(), onCall)]
  return Object.fromEntries(told.map(of))
}

const applied = (run: Run): Run => ({ ...run, pending: [] })

describe('a halt calls for the on-call', () => {
  test.each([
    ['at the write of the switch', acting(stepDone(acting(switching()))), 'switch', { between: ['1.30', '1.31'] }],
    ['at its proof', proving(), 'switch', { gets: '1.31' }],
    [
      'after it, though the message of the run was posted long ago',
      acting(oldGoing(switched())),
      'rehearse',
      { gets: '1.31' },
    ],
  ])('%s, by a message of its own, which alone mentions', (_, run, phase, newPods) => {
    const halted = failed(applied(run), 'halt')
    expect(callsOf(halted)).toMatchObject([
      { card: 'call', kind: 'halted', state: 'open', phase, what: WRONG, ...newPods },
    ])
    expect(mentionedIn(halted)).toEqual({ progress: [], run: [], call: ON_CALL })
  })

  test('and where the file names none, for whoever asked', () => {
    expect(mentionedIn(failed(applied(proving()), 'halt'), [])).toMatchObject({ call: ['U0LEE'] })
  })

  test('once for each halt; it ends when somebody goes on or back, and is no news any more', () => {
    const halted = failed(proving(), 'halt')
    for (const event of [RESUME, ROLLBACK]) {
      const going = after(applied(halted), event)
      expect(callsOf(going)).toMatchObject([{ state: 'over', endedAt: '2026-03-02T10:00:00.000Z' }])
      expect(mentionedIn(going)).toMatchObject({ call: [] })
    }
    const again = failed(acting(after(halted, RESUME)), 'halt')
    expect(callsOf(again)).toMatchObject([{ state: 'over' }, { state: 'open' }])
    const ids = new Set(again.calls?.map(({ id }) => id))
    expect([ids.size, [...ids].map((id) => again.messages[id])]).toEqual([2, [2, 1]])
  })

  test('of an undo that failed, also on a way back that a person asked for', () => {
    const byAPerson = [false, true]
    for (const [i, run] of [failed(proving(), 'undo'), after(switched(), ROLLBACK)].entries()) {
      const back = acting(run)
      const stuck = after(back, { kind: 'undo-failed', ...atWork(back), proofs: [], error: WRONG })
      expect(callsOf(stuck)).toMatchObject([{ kind: 'halted', phase: 'switch', what: { code: 'UNDO_FAILED' } }])
      expect('back' in Object(callsOf(stuck)[0])).toBe(byAPerson[i])
    }
  })
})

describe('a phase that failed and was undone by itself calls for whoever asked', () => {
  test('when it is undone, and says what new pods get', () => {
    const going = failed(proving(), 'undo')
    expect(callsOf(going)).toEqual([])
    const back = undone(going)
    expect(callsOf(back)).toMatchObject([{ kind: 'undone', state: 'open', phase: 'switch', what: WRONG, gets: '1.30' }])
    expect(mentionedIn(back)).toMatchObject({ call: ['U0LEE'], progress: [] })
  })

  test('once for each attempt, with what made this one fail', () => {
    const first = undone(failed(proving(), 'undo'))
    const card = after(first, { ...ASK_AGAIN, standing: aStanding('switch') })
    expect(callsOf(card)).toMatchObject([{ state: 'over' }])
    const one = after(card, approveBy(card, MEI))
    const two = after(one, approveBy(one, SRE))
    const other = codedOf('CLUSTER_REFUSED')
    const second = undone(failed(acting(after(two, startBy(two))), 'undo', other))
    expect(callsOf(second)).toMatchObject([
      { state: 'over', what: WRONG },
      { state: 'open', what: other },
    ])
  })

  test('past the switch new pods keep the new version', () => {
    expect(callsOf(undone(failed(acting(oldGoing(switched())), 'undo')))).toMatchObject([
      { kind: 'undone', phase: 'rehearse', gets: '1.31' },
    ])
  })

  test('not where a new card is asked for by itself, nor on a way back that a person asked for', () => {
    const about = { step: 'switch.save', attempt: 1, holder: aHolder() }
    const saving = after(switching(), { kind: 'step-began', ...about, direction: 'forward' })
    const outdated = failed(saving, 'undo', codedOf('PLAN_OUTDATED'))
    expect([outdated.state, callsOf(outdated)]).toEqual(['waiting', []])
    expect(callsOf(failed(saving, 'undo'))).toHaveLength(1)
    expect(callsOf(undone(after(switched(), ROLLBACK)))).toEqual([])
  })
})

test('whoever asked is told once that an approval waits for its start, and later what became of it', () => {
  const toldIn = (run: Run): readonly unknown[] =>
    run.pending.flatMap((effect) => (effect.kind === 'remind' ? [[effect.card, effect.first, effect.to]] : []))
  const pending = asked(installed())
  const { id } = theCard(pending)
  const one = after(applied(pending), approveBy(pending, MEI))
  expect(toldIn(one)).toEqual([])
  const two = after(one, approveBy(one, SRE))
  expect(toldIn(two)).toEqual([[id, true, 'starter']])
  expect(toldIn(after(applied(two), startBy(two)))).toEqual([[id, false, 'starter']])
  expect(toldIn(after(applied(two), ROLLBACK))).toEqual([[id, false, 'starter']])
  const atOnce = aPolicy({ start: { ...aPolicy().start, switch: 'atOnce' } })
  expect(toldIn(after(one, approveBy(one, SRE), atOnce))).toEqual([])
})

test('in any order of events: one open call of a halt exactly while it is halted, never two, and no id twice', () => {
  fc.assert(
    fc.property(moves, (drawn) => {
      const ids = new Set<string>()
      play(
        drawn,
        (before, now) => {
          const open = now.calls?.filter(({ endedAt }) => !endedAt) ?? []
          expect(open.filter(({ kind }) => kind === 'halted')).toHaveLength(now.state === 'halted' ? 1 : 0)
          expect(open.length).toBeLessThan(2)
          const known = new Set(before.calls?.map((call) => call.id))
          for (const { id } of now.calls ?? []) {
            if (known.has(id)) continue
            expect(ids.has(id)).toBe(false)
            ids.add(id)
          }
        },
        aRun(),
      )
    }),
    { numRuns: 60 },
  )
})

test('the record forgets the oldest, and does not number anew', () => {
  let run = proving()
  for (let i = 0; i < 20; i += 1) run = applied(acting(after(failed(run, 'halt'), RESUME, aPolicy(), T0)))
  expect(run.calls?.length).toBe(8)
  expect(run.calls?.at(-1)?.id).toBe(`${run.id}.call.20`)
  expect(Object.keys(run.messages).filter((id) => id.includes('.call.'))).toHaveLength(8)
})
