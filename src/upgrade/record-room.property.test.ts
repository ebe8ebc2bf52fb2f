import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Move, moves, play, POLICY, type Talk } from '../../test/support/drawn-moves.ts'
import { aLargePlan, CALM, LOUD } from '../../test/support/loud.ts'
import { aRun, MEI, T0 } from '../../test/support/run-builders.ts'
import { RECORD_LIMIT, type Run } from '../wire/run.ts'
import { decide } from './decide.ts'
import { whyTooLarge } from './record-room.ts'

/** About as large as a plan may be. */
const LARGE = aRun(aLargePlan(105, 20))
const FAIR = {
  who: 1,
  pick: 0,
  changed: false,
  blocked: false,
  plan: 'same',
  forged: false,
  verdict: 'right',
  later: 1000,
} as const
const ONWARD: Move = { ...FAIR, kind: 'onward' }
const APPLIED: Move = { ...FAIR, kind: 'applied' }

function bytesOf(run: Run): number {
  return Buffer.byteLength(JSON.stringify(run))
}

type Played = { readonly run: Run; readonly largest: number; readonly codes: ReadonlySet<string> }

function played(drawn: readonly Move[], start: Run, talk: Talk): Played {
  let largest = 0
  const codes = new Set<string>()
  const look = (_: Run, after: Run): void => {
    largest = Math.max(largest, bytesOf(after))
    if (after.halted) codes.add(after.halted.code)
    for (const effect of after.pending) if (effect.kind === 'audit') codes.add(effect.what.code)
  }
  return { run: play(drawn, look, start, talk), largest, codes }
}

/** The run after a listed person asked for the way back, which may never be refused for want of room. */
function rolledBack(run: Run): Run {
  if (run.endedAt || (run.rollback && run.state !== 'halted')) return run
  const decided = decide(run, { kind: 'rollback', click: LOUD.click(MEI), reason: 'r'.repeat(500) }, POLICY, T0)
  if (!decided.ok) throw new Error(`the rollback was refused: ${decided.refusal.code}`)
  return decided.run
}

function times(count: number, given: readonly Move[]): readonly Move[] {
  return Array.from({ length: count }, () => given).flat()
}

const AUDITS: readonly (readonly [string, (drawn: readonly Move[]) => readonly Move[]])[] = [
  ['while the audit is written', (drawn) => drawn],
  ['while it can not be', (drawn) => drawn.filter(({ kind }) => kind !== 'applied')],
]

describe('the record of a run', () => {
  test('has room for the whole upgrade of a plan as large as it may be', () => {
    expect(whyTooLarge(LARGE)).toBeNull()
    expect(whyTooLarge(aRun(aLargePlan(120, 20)))).toMatchObject({ code: 'PLAN_TOO_LARGE' })
    const there = played(times(100, [ONWARD, APPLIED, { ...ONWARD, who: 2 }, APPLIED]), LARGE, CALM)
    expect([there.run.state, there.codes.has('RECORD_FULL')]).toEqual(['done', false])
    const back = played(times(100, [ONWARD, APPLIED]), rolledBack(there.run), CALM)
    expect([back.run.state, back.codes.has('AUDIT_SHORTENED')]).toEqual(['returned', false])
  })

  test.each(AUDITS)('can always be saved, and goes all the way back, however much there is to say: %s', (_, taken) => {
    fc.assert(
      fc.property(moves, (drawn) => {
        const there = played(taken(drawn), LARGE, LOUD)
        const back = played(times(100, [ONWARD]), rolledBack(there.run), LOUD)
        expect(Math.max(there.largest, back.largest)).toBeLessThanOrEqual(RECORD_LIMIT)
        expect(back.run.state).toBe('returned')
      }),
      { numRuns: 15 },
    )
  })
})
