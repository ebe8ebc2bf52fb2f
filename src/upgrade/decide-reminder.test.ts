import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { moves, play } from '../../test/support/drawn-moves.ts'
import { aClick, aPolicy, aRun, LEE, MEI, SRE, T0 } from '../../test/support/run-builders.ts'
import { after, approveBy, asked, installed, theCard, verdictOn } from '../../test/support/played-run.ts'
import type { Run } from '../wire/run.ts'
import { due } from './due.ts'

const HALF = T0 + 12 * 3_600_000
const pending = asked(installed())
const { id } = theCard(pending)

function remindersIn(run: Run): readonly unknown[] {
  return run.pending.flatMap((effect) => (effect.kind === 'remind' ? [[effect.card, effect.first]] : []))
}

function reminded(run: Run = pending): Run {
  return after(run, { kind: 'remind', card: id }, aPolicy(), HALF)
}

describe('who has not decided is reminded', () => {
  test('at half of the time that a card has, and no sooner', () => {
    expect(due(pending, aPolicy(), HALF - 1)).toEqual([])
    expect(due(pending, aPolicy(), HALF)).toEqual([{ kind: 'remind', card: id }])
    expect(remindersIn(reminded())).toEqual([[id, true]])
  })

  test('once, whoever looks again', () => {
    expect(due(reminded(), aPolicy(), HALF)).toEqual([])
    expect(verdictOn(reminded(), { kind: 'remind', card: id }, aPolicy(), HALF)).toBe('CARD_NOT_OPEN')
  })

  test('not where enough have decided, nor while nobody can decide', () => {
    const one = after(pending, approveBy(pending, MEI))
    expect(due(one, aPolicy(), HALF)).toEqual([{ kind: 'remind', card: id }])
    const two = after(one, approveBy(one, SRE))
    const stopped = after(pending, { kind: 'stop', click: aClick(LEE) })
    for (const run of [two, stopped]) {
      expect(due(run, aPolicy(), HALF)).toEqual([])
      expect(verdictOn(run, { kind: 'remind', card: id }, aPolicy(), HALF)).toBe('CARD_NOT_OPEN')
    }
  })

  test('of no card of an older version, which has no such time', () => {
    const old = { ...pending, cards: pending.cards.map(({ remindAt: _, ...card }) => card) }
    expect(due(old, aPolicy(), HALF)).toEqual([])
  })

  test('and their reminders follow the card from then on', () => {
    const run = reminded()
    const one = after(run, approveBy(run, MEI), aPolicy(), HALF)
    expect(remindersIn(one)).toEqual([
      [id, true],
      [id, false],
    ])
    expect(remindersIn(after(pending, approveBy(pending, MEI)))).toEqual([])
  })

  test('never twice and never once it is decided, in any order of events', () => {
    fc.assert(
      fc.property(moves, (drawn) => {
        const first = new Set<string>()
        play(
          drawn,
          (before, now) => {
            const known = new Set(before.pending.map((effect) => effect.id))
            for (const effect of now.pending) {
              if (effect.kind !== 'remind' || !effect.first || known.has(effect.id)) continue
              const whom = `${effect.card} ${effect.to}`
              expect(first.has(whom)).toBe(false)
              expect(before.cards.find((card) => card.id === effect.card)?.state).toBe('pending')
              first.add(whom)
            }
          },
          aRun(),
        )
      }),
      { numRuns: 60 },
    )
  })
})
