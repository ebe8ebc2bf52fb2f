import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isoOf } from '../kernel/clock.ts'
import type { Straggler } from '../wire/census.ts'
import type { TeamState } from '../wire/team-states.ts'
import { nextForTeam } from './nudge.ts'
import { listedOf, redeployedMs } from './redeployed.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOON = Date.parse('2026-11-24T12:00:00Z')
const POLICY = { everyMs: DAY, max: 3 }

function left(name: string, more: Partial<Straggler> = {}): Straggler {
  const about = { team: 'pay', namespace: 'pay', kind: 'Deployment', name, old: 3, pods: 3 }
  const cause = { code: 'NOT_REDEPLOYED', facts: {} }
  return { ...about, newestPodAt: isoOf(NOON - DAY), redeployedAt: isoOf(NOON - DAY), cause, ...more }
}

const LIST = [left('api'), left('web'), left('batch', { kind: 'CronJob' }), left('once', { kind: 'Job' })]
const [API, WEB] = [left('api'), left('web')]

function told(own: readonly Straggler[], more: Partial<TeamState> = {}): TeamState {
  return { toldAtMs: NOON, nudges: 0, lastMs: NOON, old: 12, listed: listedOf(own), ...more }
}

describe('a redeploy is', () => {
  const nowMs = NOON + 5 * HOUR
  const rolledOut = left('web', { old: 1, redeployedAt: isoOf(NOON + HOUR) })
  const ahead = left('web', { redeployedAt: isoOf(NOON + DAY) })
  test.each([
    ['a workload that left the list', told(LIST), LIST.slice(1), nowMs],
    ['the last that left it', told([API]), [], nowMs],
    ['one that was rolled out since the last message', told(LIST), [API, rolledOut], NOON + HOUR],
    ['one that comes from a clock ahead of ours, which counts as of now', told(LIST), [API, ahead], nowMs],
    ['none: the same rollout, seen again', told(LIST, { movedAtMs: NOON + HOUR }), [API, rolledOut], null],
    ['none: a rollout from before the last message', told(LIST, { lastMs: NOON + HOUR }), [API, rolledOut], null],
    ['none: fewer pods, as nodes and autoscalers take them', told(LIST), [API, left('web', { old: 1, pods: 3 })], null],
    ['none: a run of a CronJob or Job that ended', told(LIST), [API, WEB], null],
    ['none: another workload came', told([API]), [API, WEB], null],
    ['none: an older record, of which the list is not known', { ...told(LIST), listed: undefined }, [API], null],
  ] as const)('%s', (_, before, own, expected) => {
    expect(redeployedMs(before, { own, all: own, nowMs })).toBe(expected)
  })

  test('none: another team has it, or nobody, or the team said that it is not theirs; but what nobody owned is labelled', () => {
    const all = [API, left('web', { team: 'shop' })]
    expect(redeployedMs(told([API, WEB]), { own: [API], all, nowMs })).toBeNull()
    expect(redeployedMs(told([API, WEB]), { own: [API], all: [API], nowMs })).toBe(nowMs)
  })

  test('not seen of more workloads than are kept, until others have gone; never one that only changed its place', () => {
    const many = Array.from({ length: 150 }, (_, index) => left(`w${index}`))
    const before = told(many)
    expect(before.listed).toHaveLength(100)
    expect(redeployedMs(before, { own: many.toReversed(), all: many, nowMs })).toBeNull()
    expect(redeployedMs(before, { own: [], all: [], nowMs })).toBe(nowMs)
  })
})

describe('whatever nodes, autoscalers, jobs and labels do', () => {
  type Moment = {
    readonly hours: number
    readonly api: number
    readonly web: number
    readonly job: boolean
    readonly others: boolean
  }
  const moment = fc.record({
    hours: fc.integer({ min: 1, max: 30 }),
    api: fc.integer({ min: 1, max: 9 }),
    web: fc.integer({ min: 1, max: 9 }),
    job: fc.boolean(),
    others: fc.boolean(),
  })

  /** What is sent at each moment, with how many nobody answered, by what is left then. */
  function sentOver(lists: readonly (readonly Straggler[])[], hours: readonly number[]): readonly string[] {
    let [state, nowMs]: [TeamState | undefined, number] = [undefined, NOON]
    return lists.map((all, index) => {
      const own = all.filter(({ team }) => team === 'pay')
      const look = { own, all, fresh: 0, unknown: 0, byLabelToo: false, disowned: false, held: false, open: true }
      const after = nextForTeam(state, { ...look, nowMs, day: isoOf(nowMs).slice(0, 10) }, POLICY)
      state = after.state
      nowMs += (hours[index] ?? 0) * HOUR
      return `${after.send} ${state?.unanswered}`
    })
  }

  const changed = ({ api, web, job, others }: Moment): readonly Straggler[] => [
    left('api', { old: api, pods: 9 }),
    left('web', { old: web, pods: web, team: others ? 'shop' : 'pay' }),
    ...(job ? [left('nightly', { kind: 'CronJob' })] : []),
  ]

  test('a team is reminded and called silent at the moments at which it would be if nothing had changed', () => {
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 40 }), (moments) => {
        const hours = moments.map((one) => one.hours)
        const still = moments.map(() => [API, WEB])
        expect(sentOver(moments.map(changed), hours)).toEqual(sentOver(still, hours))
      }),
    )
  })

  test('a redeploy in the midst of it leaves the team alone, with nothing unanswered', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 2, maxLength: 20 }), fc.nat(), (moments, some) => {
        const turn = 1 + (some % (moments.length - 1))
        const lists = moments.map((one, index) => changed(one).filter(({ name }) => name !== 'api' || index < turn))
        const kept = lists.map((list) => [...list, left('rest')])
        expect(
          sentOver(
            kept,
            moments.map((one) => one.hours),
          )[turn],
        ).toBe('null 0')
      }),
    )
  })
})
