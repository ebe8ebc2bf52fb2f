import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isoOf } from '../kernel/clock.ts'
import type { Straggler } from '../wire/census.ts'
import type { TeamState } from '../wire/team-states.ts'
import { firstDrawing, isDrawn, isLive, nextDrawing } from './live-card.ts'

const MINUTE = 60_000
const T0 = Date.parse('2026-11-24T12:00:00Z')

function left(name: string, old = 1, more: Partial<Straggler> = {}): Straggler {
  const about = { team: 'pay', namespace: 'pay', kind: 'Deployment', name, old, pods: 3, newestPodAt: isoOf(T0) }
  return { ...about, cause: { code: 'NOT_REDEPLOYED', facts: {} }, ...more }
}

function nudged(own: readonly Straggler[], more: Partial<TeamState> = {}): TeamState {
  const state = { toldAtMs: T0, nudges: 1, lastMs: T0, old: 1, ...more }
  return { ...state, ...firstDrawing(state, own, T0) }
}

const at = (minutes: number, isForgotten = false) => ({ nowMs: T0 + minutes * MINUTE, isForgotten })

describe('a live reminder', () => {
  const two = nudged([left('api'), left('web')])

  test.each([
    ['a service less', [left('web')]],
    ['a pod less', [left('api', 2), left('web')]],
    ['another reason', [left('api'), left('web', 1, { cause: { code: 'ROLLOUT_PAUSED', facts: {} } })]],
    ['one beyond those that are named', Array.from({ length: 12 }, (_, index) => left(`w${index}`))],
  ])('is drawn anew ten minutes after it, saved before it is sent: %s', (_, own) => {
    expect(nextDrawing(two, own, at(9))).toBeNull()
    const owed = nextDrawing(two, own, at(10))
    expect(owed).toMatchObject({ times: 1, owed: true, atMs: T0 + 10 * MINUTE })
    const sent = nextDrawing({ ...two, ...(owed ? { drawn: owed } : {}) }, own, at(11))
    expect([sent?.times, sent?.owed]).toEqual([1, undefined])
    expect(nextDrawing({ ...two, ...(sent ? { drawn: sent } : {}) }, own, at(99))).toBeNull()
  })

  test('stays as it is while the same is left, whatever pod came since', () => {
    expect(nextDrawing(two, [left('api', 1, { newestPodAt: isoOf(T0 + MINUTE) }), left('web')], at(60))).toBeNull()
  })

  test('is drawn at once where nobody knows what the bot remembers, if it is another than was sent', () => {
    expect(nextDrawing(two, [left('api'), left('web')], at(1, true))).toBeNull()
    expect(nextDrawing(two, [left('api')], at(1, true))).toMatchObject({ times: 1, owed: true })
  })

  test('of an older record is drawn once more, with the brake', () => {
    const { drawn: _, ...older } = two
    expect([nextDrawing(older, [left('api')], at(9)), nextDrawing(older, [left('api')], at(10))]).toMatchObject([
      null,
      { times: 1, owed: true },
    ])
  })

  test.each([
    ['was not sent', { nudges: 0 }],
    ['was answered', { answeredNudge: 1 }],
    ['has ended', { thanked: 1 }],
    ['asks for nothing that is left', { old: 0 }],
  ])('is none that %s', (_, more) => {
    expect([isLive(two), isLive({ ...two, ...more })]).toEqual([true, false])
  })
})

/** A bot that takes only what is newer, and whoever looks at what it was sent. */
function aBot() {
  const contents = new Map([[0, 1]])
  const bot = { revision: 0, old: 1 }
  const send = (revision: number, old: number): void => {
    expect(contents.get(revision) ?? old).toBe(old)
    contents.set(revision, old)
    if (revision > bot.revision) Object.assign(bot, { revision, old })
  }
  return { bot, send, forget: () => Object.assign(bot, { revision: -1, old: 0 }) }
}

type Moment = {
  readonly minutes: number
  readonly old: number
  readonly isKilled: boolean
  /** The bot forgot all, or only asked to be told again; the record says so until a look is saved. */
  readonly owed: 'flushed' | 'asked' | null
}

type Saved = { readonly state: TeamState; readonly isOwed: boolean }

/** One look of a worker: what it saves, unless it is killed before. */
function look({ state, isOwed }: Saved, old: number, nowMs: number, send: (times: number, old: number) => void): Saved {
  const own = [left('api', old)]
  if (isOwed && isDrawn(state, own)) send(state.drawn?.times ?? 0, old)
  const drawn = nextDrawing(state, own, { nowMs, isForgotten: isOwed })
  if (drawn && !drawn.owed) send(drawn.times, old)
  return { state: drawn ? { ...state, drawn } : state, isOwed: false }
}

/** What the bot shows after all of them. */
function shownAfter(moments: readonly Moment[]): number {
  const { bot, send, forget } = aBot()
  let [saved, nowMs]: [Saved, number] = [{ state: nudged([left('api', 1)]), isOwed: false }, T0]
  for (const { minutes, old, isKilled, owed } of moments) {
    nowMs += minutes * MINUTE
    if (owed === 'flushed') forget()
    const before = { ...saved, isOwed: saved.isOwed || owed !== null }
    const after = look(before, old, nowMs, send)
    saved = isKilled ? before : after
  }
  return bot.old
}

test('whatever changes and whenever a worker is killed: one revision has one content, and what is left is shown in the end', () => {
  const moment = fc.record({
    minutes: fc.integer({ min: 0, max: 12 }),
    old: fc.integer({ min: 1, max: 3 }),
    isKilled: fc.boolean(),
    owed: fc.constantFrom('flushed' as const, 'asked' as const, null),
  })
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (moments, old) => {
      const end = [0, 10, 1, 1].map((minutes) => ({ minutes, old, isKilled: false, owed: null }))
      expect(shownAfter([...moments, ...end])).toBe(old)
    }),
    { numRuns: 500 },
  )
})
