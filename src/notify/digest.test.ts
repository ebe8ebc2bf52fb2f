import { describe, expect, test } from '@jest/globals'
import { aRun } from '../../test/support/run-builders.ts'
import type { Census, Straggler } from '../wire/census.ts'
import type { DigestState } from '../wire/digest-state.ts'
import { digestDue, digestFacts, isWorthTelling } from './digest.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NIGHT = Date.parse('2026-11-24T21:00:00Z')
const RUN = aRun()
const TOLD = { day: '2026-11-23', atMs: NIGHT - DAY, old: 10, new: 0, teams: 3 }

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
    ['nothing changed for a week', { ...TOLD, atMs: NIGHT - 7 * DAY }, census(10, 0), true],
  ] as const)('%s', (_, told, now, worth) => {
    expect(isWorthTelling(state(told ? { told } : {}), now, NIGHT)).toBe(worth)
  })
})

test('it names teams in the order of the census, and says how much it leaves out', () => {
  const one = (team: string | null, n: number): Straggler => ({
    team,
    namespace: 'shop',
    kind: 'Deployment',
    name: `w${n}`,
    old: 2,
    pods: 3,
    newestPodAt: '2026-11-01T00:00:00Z',
    cause: { code: 'NOT_REDEPLOYED', facts: {} },
  })
  const workloads = [
    ...Array.from({ length: 15 }, (_, n) => one(`t${n}`, n)),
    ...[1, 2, 3, 4, 5, 6].map((n) => one('t0', n)),
    one(null, 9),
  ]
  const facts = digestFacts(RUN, census(44, 0), workloads, state({ told: TOLD }), { day: '2026-11-24', late: false })
  expect(facts.teams).toHaveLength(12)
  expect(facts.teams[0]).toMatchObject({ team: 't0', old: 14, more: 3 })
  expect(facts.moreTeams).toBe(4)
  expect(facts.before).toEqual({ day: '2026-11-23', old: 10 })
})

test('on the way back it speaks of the way back', () => {
  const back = { ...census(3, 7), migration: { from: ['1-31-0'], to: 'default' } }
  const { from, to } = digestFacts(RUN, back, [], state(), { day: '2026-11-24', late: false })
  expect([from.map(({ version }) => version), to.version]).toEqual([['1.31.0'], '1.30.0'])
})
