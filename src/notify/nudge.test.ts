import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Straggler } from '../wire/census.ts'
import type { TeamState } from '../wire/team-states.ts'
import { mentionsContact, nextForTeam } from './nudge.ts'
import { listedOf } from './redeployed.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.parse('2026-11-24T12:00:00Z')
const POLICY = { everyMs: DAY, max: 3 }
const TOLD: TeamState = {
  toldAtMs: NOON,
  nudges: 0,
  lastMs: NOON,
  old: 4,
  listed: listedOf(workloads(4)),
  newAtTold: 1,
}

/** So many, of one pod each. */
function workloads(many: number): Straggler[] {
  return Array.from({ length: many }, (_, index) => workload(`w${index}`))
}

function workload(name: string, more: Partial<Straggler> = {}): Straggler {
  const about = { team: 'pay', namespace: 'pay', kind: 'Deployment', name, old: 1, pods: 1 }
  return { ...about, newestPodAt: '2026-11-01T12:00:00Z', cause: { code: 'NOT_REDEPLOYED', facts: {} }, ...more }
}

function lookOf(old: number, nowMs: number, open: boolean) {
  // A team of five pods, each of a workload of its own: fewer of them is a redeploy.
  const own = workloads(old)
  const day = new Date(nowMs).toISOString().slice(0, 10)
  return {
    own,
    all: own,
    fresh: Math.max(0, 5 - old),
    unknown: 0,
    byLabelToo: false,
    disowned: false,
    held: false,
    open,
    nowMs,
    day,
  }
}

function next(before: TeamState | undefined, old: number, nowMs: number, open = true) {
  return nextForTeam(before, lookOf(old, nowMs, open), POLICY)
}

describe('what a team hears next', () => {
  test('is told once, in its working hours, and only if something of it is left', () => {
    expect(next(undefined, 4, NOON)).toEqual({ state: TOLD, send: 'told' })
    expect(next(undefined, 4, NOON, false)).toEqual({ state: undefined, send: null })
    expect(next(undefined, 0, NOON)).toEqual({ state: undefined, send: null })
    expect(next(TOLD, 4, NOON + HOUR)).toEqual({ state: TOLD, send: null })
  })

  test.each([
    ['after the interval', TOLD, NOON + DAY, true, 'nudge'],
    ['not outside of its hours', TOLD, NOON + DAY, false, null],
    ['not more often than the maximum', { ...TOLD, nudges: 3, unanswered: 0 }, NOON + 9 * DAY, true, null],
    [
      'not while it is at it: a pod moved an hour ago',
      { ...TOLD, movedAtMs: NOON + DAY - HOUR },
      NOON + DAY,
      true,
      null,
    ],
    ['a day after its last redeploy, with something left', { ...TOLD, movedAtMs: NOON }, NOON + DAY, true, 'nudge'],
  ] as const)('a nudge: %s', (_, state, nowMs, open, send) => {
    expect(next(state, 4, nowMs, open).send).toBe(send)
  })

  test('a redeploy makes it quiet for an interval; another workload with old pods does not', () => {
    const moved = next(TOLD, 2, NOON + 20 * HOUR).state
    expect(moved).toMatchObject({ old: 2, movedAtMs: NOON + 20 * HOUR })
    expect(next(moved, 2, NOON + 30 * HOUR).send).toBeNull()
    expect(next(next(TOLD, 9, NOON + HOUR).state, 9, NOON + DAY).send).toBe('nudge')
  })

  test('thanks who was nudged, once and in working hours; who was not hears nothing more', () => {
    const nudged = { ...TOLD, nudges: 1 }
    const waits = next(nudged, 0, NOON + 2 * DAY, false)
    expect([waits.send, waits.state?.doneAtMs]).toEqual([null, undefined])
    const done = next(waits.state, 0, NOON + 2 * DAY + HOUR)
    expect(done.send).toBe('done')
    expect(next(done.state, 0, NOON + 3 * DAY).send).toBeNull()
    expect(next(TOLD, 0, NOON + HOUR)).toMatchObject({ send: null, state: { doneAtMs: NOON + HOUR } })
  })

  test('who falls back is reminded and thanked again; who only came and went is not thanked twice', () => {
    const done = next({ ...TOLD, nudges: 1 }, 0, NOON + DAY).state
    const cameAndWent = next(next(done, 2, NOON + DAY + HOUR).state, 0, NOON + DAY + 2 * HOUR)
    expect(cameAndWent.send).toBeNull()
    const reminded = next(next(done, 2, NOON + 2 * DAY).state, 2, NOON + 3 * DAY)
    expect(reminded.send).toBe('nudge')
    expect(next(reminded.state, 0, NOON + 4 * DAY).send).toBe('done')
  })

  test('who asked for a later day is not reminded before it, and then once more', () => {
    const snoozed = { ...TOLD, nudges: 1, snoozedUntil: '2026-11-27' }
    expect(next(snoozed, 4, NOON + 2 * DAY).send).toBeNull()
    expect(next(snoozed, 4, NOON + 3 * DAY)).toMatchObject({ send: 'nudge', state: { nudges: 2 } })
    expect(next(snoozed, 0, NOON + 2 * DAY).send).toBe('done')
  })

  test('who has only what is not theirs hears nothing: no reminder, and no thanks for what is not done', () => {
    const look = { ...lookOf(0, NOON + 2 * DAY, true), disowned: true }
    const after = nextForTeam({ ...TOLD, nudges: 1 }, look, POLICY)
    expect([after.send, after.state?.doneAtMs]).toEqual([null, undefined])
    expect(next(after.state, 0, NOON + 3 * DAY).send).toBe('done')
  })

  test('a day that was asked for is kept also after the last reminder, and once', () => {
    const last = { ...TOLD, nudges: 3, snoozedUntil: '2026-11-27', promisedAfter: 3, unanswered: 0 }
    expect(next(last, 4, NOON + 2 * DAY).send).toBeNull()
    const reminded = next(last, 4, NOON + 3 * DAY)
    expect(reminded).toMatchObject({ send: 'nudge', state: { nudges: 4 } })
    expect(next(reminded.state, 4, NOON + 9 * DAY).send).toBeNull()
  })

  describe('who moved nothing is not thanked: removed, scaled to zero, or another team has it now', () => {
    const nudged = { ...TOLD, nudges: 1 }
    const gone = (state: TeamState | undefined, nowMs: number, more: Partial<ReturnType<typeof lookOf>> = {}) =>
      nextForTeam(state, { ...lookOf(0, nowMs, true), fresh: 1, ...more }, POLICY)

    test('its reminder is closed, once, in working hours, and not while its pods may only be between two', () => {
      const first = gone(nudged, NOON + DAY)
      expect(first).toMatchObject({ send: null, state: { goneAtMs: NOON + DAY } })
      expect(gone(first.state, NOON + DAY + 9 * MINUTE).send).toBeNull()
      expect(gone(first.state, NOON + DAY + HOUR, { open: false })).toEqual({ state: first.state, send: null })
      const closed = gone(first.state, NOON + DAY + 10 * MINUTE)
      expect(closed).toMatchObject({ send: 'closed', state: { doneAtMs: NOON + DAY + 10 * MINUTE, thanked: 1 } })
      expect(gone(closed.state, NOON + 2 * DAY).send).toBeNull()
      expect(next(closed.state, 0, NOON + 2 * DAY).send).toBeNull()
    })

    test.each([
      ['its one pod is made anew on the new sidecar: thanks', { fresh: 2 }, 'done'],
      ['what no team owned has a team: thanks', { byLabelToo: true }, 'done'],
      ['nothing says what a pod of it has: nothing yet', { unknown: 1 }, null],
      ['something that is not theirs is left: nothing yet', { disowned: true }, null],
    ] as const)('%s', (_, more, send) => {
      expect(gone(gone(nudged, NOON + DAY).state, NOON + DAY + HOUR, more).send).toBe(send)
    })

    test('who was not reminded hears nothing; what came back is gone anew', () => {
      expect(gone(TOLD, NOON + DAY)).toMatchObject({ send: null, state: { doneAtMs: NOON + DAY } })
      const back = next(gone(nudged, NOON + DAY).state, 2, NOON + DAY + HOUR)
      expect(back.state?.goneAtMs).toBeUndefined()
      expect(gone(back.state, NOON + DAY + HOUR + MINUTE)).toMatchObject({ send: null })
    })
  })

  test('who has pods of which nothing says the sidecar is not thanked yet', () => {
    const after = nextForTeam({ ...TOLD, nudges: 1 }, { ...lookOf(0, NOON + DAY, true), unknown: 1 }, POLICY)
    expect([after.send, after.state?.doneAtMs]).toEqual([null, undefined])
    expect(next(after.state, 0, NOON + 2 * DAY).send).toBe('done')
  })

  test('the first nudges wait until somebody lets them leave; nothing else does', () => {
    const held = (before: TeamState | undefined, old: number, nowMs: number) =>
      nextForTeam(before, { ...lookOf(old, nowMs, true), held: true }, POLICY)
    expect(held(TOLD, 4, NOON + DAY)).toEqual({ state: TOLD, send: null, isHeld: true })
    expect(held(TOLD, 4, NOON + HOUR).isHeld).toBeUndefined()
    expect(held(undefined, 4, NOON).send).toBe('told')
    expect(held({ ...TOLD, nudges: 1 }, 0, NOON + DAY).send).toBe('done')
    expect(next(held(TOLD, 4, NOON + DAY).state, 4, NOON + DAY + HOUR).send).toBe('nudge')
  })

  test.each([
    ['after the last of them, one interval later', { nudges: 3, unanswered: 3 }, DAY, 'silent'],
    ['not before the interval has passed', { nudges: 3, unanswered: 3 }, HOUR, null],
    ['not where one is still to come', { nudges: 2, unanswered: 2 }, DAY, 'nudge'],
    ['not where somebody answered one of them', { nudges: 3, unanswered: 2 }, DAY, null],
    ['not twice', { nudges: 3, unanswered: 3, silentAtMs: NOON }, 9 * DAY, null],
    ['a record of before it was counted: nobody answered', { nudges: 3 }, DAY, 'silent'],
    ['a record of before it was counted: somebody answered', { nudges: 3, answers: 1 }, DAY, null],
    ['not before the day that was asked for', { nudges: 3, unanswered: 3, snoozedUntil: '2026-11-30' }, DAY, null],
  ] as const)('nobody answers: %s', (_, state, laterMs, send) => {
    expect(next({ ...TOLD, ...state }, 4, NOON + laterMs).send).toBe(send)
  })

  test.each([
    [5, [false, false, true, true, true]],
    [3, [false, false, true]],
    [2, [false, true]],
    [1, [true]],
  ])('with a maximum of %i nobody is called silent of whom the contact was not mentioned: %j', (max, expected) => {
    const mentioned: boolean[] = []
    let state: TeamState | undefined = TOLD
    for (let day = 1; day <= max; day += 1) {
      const after = nextForTeam(state, lookOf(4, NOON + day * DAY, true), { everyMs: DAY, max })
      state = after.state
      expect(after.send).toBe('nudge')
      mentioned.push(state !== undefined && mentionsContact(state, { max }))
    }
    expect(mentioned).toEqual(expected)
    expect(nextForTeam(state, lookOf(4, NOON + 9 * DAY, true), { everyMs: DAY, max }).send).toBe('silent')
    expect(next(state, 3, NOON + 9 * DAY).state?.unanswered).toBe(0)
  })

  test('with a maximum of 0 nobody is nudged, and nobody is called silent', () => {
    for (const state of [TOLD, { ...TOLD, nudges: 3 }, { ...TOLD, nudges: 1, promisedAfter: 1 }]) {
      expect(nextForTeam(state, lookOf(4, NOON + 9 * DAY, true), { everyMs: DAY, max: 0 })).toEqual({
        state,
        send: null,
      })
    }
  })

  test('whatever is answered and moves: the contact only after two unanswered in a row or in the last, silence only after all, once', () => {
    const moment = fc.record({
      hours: fc.integer({ min: 6, max: 40 }),
      old: fc.constantFrom(2, 3, 4),
      answers: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 40 }), fc.integer({ min: 0, max: 4 }), (moments, max) => {
        let [state, nowMs, quiet, silent] = [TOLD, NOON, 0, 0]
        for (const { hours, old, answers } of moments) {
          nowMs += hours * HOUR
          if (old < state.old) quiet = 0
          const after = nextForTeam(state, lookOf(old, nowMs, true), { everyMs: DAY, max })
          state = after.state ?? state
          const [isNudge, isSilence] = [after.send === 'nudge', after.send === 'silent']
          quiet += Number(isNudge)
          silent += Number(isSilence)
          expect(isNudge && mentionsContact(state, { max })).toBe(isNudge && (quiet > 2 || quiet >= max))
          expect([silent <= 1, !isSilence || (max > 0 && quiet >= max)]).toEqual([true, true])
          if (answers) [quiet, state] = [0, { ...state, unanswered: 0 }]
        }
      }),
    )
  })

  test('whatever happens: told at most once, never more nudges than the maximum, never two within the interval', () => {
    const moment = fc.record({ hours: fc.integer({ min: 0, max: 40 }), old: fc.nat(5), open: fc.boolean() })
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 60 }), (moments) => {
        let state: TeamState | undefined
        let nowMs = NOON
        const sent: { readonly what: string; readonly at: number }[] = []
        for (const { hours, old, open } of moments) {
          nowMs += hours * HOUR
          const after = nextForTeam(state, lookOf(old, nowMs, open), POLICY)
          if (after.send) sent.push({ what: after.send, at: nowMs })
          if (after.send && !open) throw new Error('told outside of working hours')
          state = after.state
        }
        expect(sent.filter(({ what }) => what === 'silent').length).toBeLessThanOrEqual(1)
        const nudges = sent.filter(({ what }) => what === 'nudge')
        expect(sent.filter(({ what }) => what === 'told').length).toBeLessThanOrEqual(1)
        expect(nudges.length).toBeLessThanOrEqual(POLICY.max)
        const gaps = nudges.slice(1).map((one, i) => one.at - (nudges[i]?.at ?? 0))
        expect(gaps.filter((gap) => gap < DAY)).toEqual([])
      }),
    )
  })
})
