import { describe, expect, test } from '@jest/globals'
import { aRun } from '../../test/support/run-builders.ts'
import { lastMomentAt, nextDayAt } from '../kernel/zone.ts'
import type { Census, Straggler } from '../wire/census.ts'
import type { DigestState } from '../wire/digest-state.ts'
import { digestDue, digestFacts, isWorthTelling, toldOf } from './digest.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NIGHT = Date.parse('2026-11-24T21:00:00Z')
const RUN = aRun()
const AT_NINE = { minute: 21 * 60, zone: 'UTC' }
const TOLD = toldOf(census(10, 0), [], '2026-11-23', NIGHT - DAY)

function state(change: Partial<DigestState> = {}): DigestState {
  return { run: RUN.id, handledMs: NIGHT - DAY, ...change }
}

function census(old: number, moved: number, teams = 3): Census {
  const one = { old: 1, new: 0, other: 0, workloads: 1 }
  return {
    v: 1,
    cluster: 'prod-a',
    migration: { from: ['default'], to: '1-31-0' },
    countedAt: '2026-11-24T20:59:55.000Z',
    pods: { old, new: moved, other: 0 },
    unknown: 0,
    workloads: old,
    teams: Array.from({ length: teams }, (_, n) => ({ ...one, team: `t${n}` })),
    before: null,
    second: null,
  }
}

function straggler(team: string | null, n: number): Straggler {
  return {
    team,
    namespace: 'shop',
    kind: 'Deployment',
    name: `w${n}`,
    old: 2,
    pods: 3,
    newestPodAt: '2026-11-01T00:00:00Z',
    cause: { code: 'NOT_REDEPLOYED', facts: {} },
  }
}

describe('when a digest is due', () => {
  test.each([
    ['at its time', NIGHT, NIGHT + 1000, { momentMs: NIGHT, late: false }],
    ['before its time: the last moment is that of yesterday, which was dealt with', NIGHT - DAY, NIGHT - 1000, null],
    ['the next morning, because nobody was there', NIGHT, NIGHT + 10 * HOUR, { momentMs: NIGHT, late: true }],
    [
      'three nights later: the last one only',
      NIGHT + 3 * DAY,
      NIGHT + 3 * DAY + HOUR,
      { momentMs: NIGHT + 3 * DAY, late: true },
    ],
  ] as const)('%s', (_, momentMs, nowMs, due) => {
    expect(digestDue(state(), momentMs, nowMs)).toEqual(due)
  })

  test('not twice, also where the clock is put back', () => {
    expect(digestDue(state({ handledMs: NIGHT }), NIGHT, NIGHT + 5000)).toBeNull()
    expect(digestDue(state({ handledMs: NIGHT }), NIGHT - DAY, NIGHT - HOUR)).toBeNull()
  })
})

describe('whether it is worth telling', () => {
  test.each([
    ['the first', undefined, census(10, 0), true],
    ['nothing changed since yesterday', TOLD, census(10, 0), false],
    ['a pod moved', TOLD, census(9, 1), true],
    ['a pod came', TOLD, census(10, 1), true],
    ['a team is done', TOLD, census(10, 0, 2), true],
    ['one team out and another in', TOLD, { ...census(10, 0), teams: census(10, 0, 4).teams.slice(1) }, true],
    ['another sidecar of which nothing says the revision', TOLD, { ...census(10, 0), unknown: 1 }, true],
    ['a record of before the hash', { ...TOLD, left: undefined }, census(10, 0), true],
  ] as const)('%s', (_, told, now, worth) => {
    expect(isWorthTelling(state(told ? { told } : {}), now, [], NIGHT, AT_NINE)).toBe(worth)
  })

  test('another cause is something new', () => {
    const own = straggler('t0', 1)
    const told = toldOf(census(10, 0), [own], '2026-11-23', NIGHT - DAY)
    const pinned = { ...own, cause: { code: 'IMAGE_PINNED', facts: { image: 'x' } } }
    expect(isWorthTelling(state({ told }), census(10, 0), [own], NIGHT, AT_NINE)).toBe(false)
    expect(isWorthTelling(state({ told }), census(10, 0), [pinned], NIGHT, AT_NINE)).toBe(true)
  })

  test.each([
    ['a moment after its time', 'UTC', 21 * 60, '2026-11-17T21:00:00.900Z', ['2026-11-23', '2026-11-24']],
    ['at its time', 'UTC', 21 * 60, '2026-11-17T21:00:00.000Z', ['2026-11-23', '2026-11-24']],
    ['the next morning', 'UTC', 21 * 60, '2026-11-18T08:00:00.000Z', ['2026-11-23', '2026-11-24']],
    // The clocks go forward on 29 March: this week has 167 hours.
    ['in a short week', 'Europe/Berlin', 21 * 60, '2026-03-24T20:00:00.900Z', ['2026-03-30', '2026-03-31']],
    ['in a long week', 'Europe/Berlin', 21 * 60, '2026-10-20T19:00:00.900Z', ['2026-10-26', '2026-10-27']],
    ['just after midnight', 'UTC', 23 * 60 + 59, '2026-11-18T00:00:30.000Z', ['2026-11-23', '2026-11-24']],
  ] as const)('never silent for more than seven days, told %s', (_, zone, minute, at, [silent, tells]) => {
    const told = { ...TOLD, atMs: Date.parse(at) }
    const worthOn = (day: string): boolean => {
      const momentMs = lastMomentAt(nextDayAt(Date.parse(`${day}T12:00:00Z`), 12 * 60, zone), minute, zone)
      return isWorthTelling(state({ told }), census(10, 0), [], momentMs, { minute, zone })
    }
    expect([worthOn(silent), worthOn(tells)]).toEqual([false, true])
  })
})

test('it names teams in the order of the census, and says how much it leaves out', () => {
  const workloads = [
    ...Array.from({ length: 15 }, (_, n) => straggler(`t${n}`, n)),
    ...[1, 2, 3, 4, 5, 6].map((n) => straggler('t0', n)),
    straggler(null, 9),
  ]
  const facts = digestFacts(RUN, census(44, 0), workloads, state({ told: TOLD }), { day: '2026-11-24', late: false })
  expect(facts.teams).toHaveLength(12)
  expect(facts.teams[0]).toMatchObject({ team: 't0', old: 14, more: 3 })
  expect(facts.moreTeams).toBe(4)
  expect(facts.teams.at(-1)).toMatchObject({ team: null, old: 2 })
  expect(facts.teams.at(-2)).toMatchObject({ team: 't10' })
  expect(facts.before).toEqual({ day: '2026-11-23', old: 10, new: 0 })
})

test('on the way back it speaks of the way back', () => {
  const back = { ...census(3, 7), migration: { from: ['1-31-0'], to: 'default' } }
  const { from, to } = digestFacts(RUN, back, [], state(), { day: '2026-11-24', late: false })
  expect([from.map(({ version }) => version), to.version]).toEqual([['1.31.0'], '1.30.0'])
})
