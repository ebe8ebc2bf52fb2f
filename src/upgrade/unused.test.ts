import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anUnusedLook } from '../../test/support/played-run.ts'
import { aRun, T0 } from '../../test/support/run-builders.ts'
import { isoOf } from '../kernel/clock.ts'
import type { Census } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'
import { codedOf } from './event.ts'
import { afterRehearsal, unusedLook, type UnusedLook, whyItStays, whyNotQuiet, whyUsed, withLook } from './unused.ts'

const DAY_MS = 86_400_000
const SECOND_MS = 1000
const BREAK_MS = 180_000

type Connected = NonNullable<Census['second']>['connected'][number]

const ASKED: Connected = { revision: 'default', proxies: 0, istiods: ['a/0', 'b/0'] }

function aCensus(change: Partial<Census> = {}): Census {
  return {
    v: 1,
    cluster: 'prod-a',
    migration: { from: ['default'], to: '1-31-0' },
    countedAt: isoOf(T0),
    pods: { old: 0, new: 40, other: 0 },
    unknown: 0,
    workloads: 0,
    teams: [],
    before: null,
    second: { askedAt: isoOf(T0), connected: [ASKED, { revision: '1-31-0', proxies: 40, istiods: ['n/0'] }] },
    ...change,
  }
}

function asked(change: Partial<Connected>): Partial<Census> {
  return { second: { askedAt: isoOf(T0), connected: [{ ...ASKED, ...change }] } }
}

describe('who uses the control plane that is to go', () => {
  test.each([
    ['nobody, by both sources', {}, null],
    ['a pod', { pods: { old: 1, new: 39, other: 0 } }, 'PODS_STILL_OLD'],
    ['perhaps a pod of which nothing says the revision', { unknown: 1 }, 'SIDECARS_UNKNOWN'],
    ['a proxy that no pod explains', asked({ proxies: 1 }), 'SOURCES_DISAGREE'],
    ['nobody knows: the istiods were never asked', { second: null }, 'PROXIES_UNASKED'],
    ['nobody knows: none of its istiods is there', asked({ istiods: [] }), 'PROXIES_UNASKED'],
    ['nobody knows: other revisions were asked only', asked({ revision: '1-31-0' }), 'PROXIES_UNASKED'],
    ['nobody knows: one istiod gave no answer', asked({ proxies: null }), 'PROXIES_UNKNOWN'],
  ] as const)('%s', (_, change, code) => {
    expect(whyUsed(aCensus(change))?.code ?? null).toBe(code)
  })

  test('every old revision must be asked, not only one of them', () => {
    const migration = { from: ['default', '1-29-0'], to: '1-31-0' }
    const connected = [ASKED, { revision: '1-29-0', proxies: null, istiods: ['c/0'] }]
    expect(whyUsed(aCensus({ migration, second: { askedAt: isoOf(T0), connected } }))?.code).toBe('PROXIES_UNKNOWN')
  })

  test('a pod with the old sidecar is named before any doubt about the proxies', () => {
    expect(whyUsed(aCensus({ pods: { old: 3, new: 1, other: 0 }, second: null }))).toMatchObject({
      code: 'PODS_STILL_OLD',
      facts: { from: 'default', pods: 3 },
    })
  })
})

const MIGRATING: Run = { ...aRun(), state: 'switched', phase: 'rehearse' }

/** The run after looks one after the other, each so many ms after the one before; at the end of them, in ms. */
function looked(looks: readonly (readonly [Partial<UnusedLook>, number])[]): readonly [Run, number] {
  return looks.reduce<readonly [Run, number]>(
    ([run, at], [change, later]) => [
      withLook(run, anUnusedLook({ seenMs: at + later, ...change }), at + later),
      at + later,
    ],
    [MIGRATING, T0],
  )
}

function unusedSince([run, nowMs]: readonly [Run, number], quietMs: number): string {
  return whyNotQuiet(run, quietMs, nowMs)?.code ?? 'quiet'
}

const QUIET = [{}, 60_000] as const
const USED = [{ because: codedOf('SOURCES_DISAGREE', { from: 'default', proxies: 1 }) }, 60_000] as const
const SILENT = [{ because: codedOf('PROXIES_UNKNOWN', { from: 'default' }), istiods: [] }, 60_000] as const

describe('the quiet time', () => {
  test('has not begun before anybody was counted', () => {
    expect(whyNotQuiet(aRun(), 0, T0)?.code).toBe('NOT_COUNTED_YET')
  })

  test.each([
    ['goes on from look to look', [QUIET, QUIET, QUIET], 'quiet'],
    ['is over only when it is', [QUIET, QUIET], 'NOT_QUIET_YET'],
    ['begins anew after a use', [QUIET, USED, QUIET, QUIET], 'NOT_QUIET_YET'],
    ['has not begun while somebody uses it', [QUIET, QUIET, QUIET, USED], 'SOURCES_DISAGREE'],
    ['goes on over an istiod that was silent once', [QUIET, SILENT, QUIET], 'quiet'],
    ['ends when an istiod is silent for long', [QUIET, SILENT, SILENT, SILENT, SILENT], 'PROXIES_UNKNOWN'],
    ['begins anew after a break', [QUIET, [{}, BREAK_MS + 1]], 'NOT_QUIET_YET'],
    ['goes on over a pause that is none', [QUIET, [{}, BREAK_MS]], 'quiet'],
    ['begins anew with another process of an istiod', [QUIET, QUIET, [{ istiods: ['a/1'] }, 60_000]], 'NOT_QUIET_YET'],
    ['says nothing of other revisions', [QUIET, QUIET, [{ from: ['default', '1-29-0'] }, 60_000]], 'NOT_COUNTED_YET'],
  ] as const)('%s', (_, looks, expected) => {
    expect(unusedSince(looked(looks), 120_000)).toBe(expected)
  })

  test('says from when until when it lasts', () => {
    const [run] = looked([QUIET])
    expect(whyNotQuiet(run, DAY_MS, T0 + DAY_MS)).toMatchObject({
      facts: { from: 'default', since: isoOf(T0 + 60_000), until: isoOf(T0 + 60_000 + DAY_MS) },
    })
  })

  test('a look that says nothing new leaves the record as it is: nothing is written for it', () => {
    const [quiet] = looked([QUIET])
    expect(withLook(quiet, anUnusedLook({ seenMs: T0 + 90_000 }), T0 + 90_000)).toBe(quiet)
    const [used] = looked([USED])
    expect(withLook(used, anUnusedLook({ because: USED[0].because, seenMs: T0 + 90_000 }), T0 + 90_000)).toBe(used)
  })

  test('our own rehearsal is no break, though OLD’s istiods are others afterwards; hours without a count after it are one', () => {
    const [run] = looked([QUIET])
    const ended = T0 + 30 * 60_000
    const back = afterRehearsal(run, ended)
    expect(whyNotQuiet(back, 0, ended)?.code).toBe('NOT_COUNTED_YET')
    const soon = ended + 60_000
    const next = withLook(back, anUnusedLook({ istiods: ['c/0'], seenMs: soon }), soon)
    expect(whyNotQuiet(next, 30 * 60_000, soon)).toBeNull()
    const restarted = withLook(next, anUnusedLook({ istiods: ['d/0'], seenMs: soon + 60_000 }), soon + 60_000)
    expect(whyNotQuiet(restarted, 30 * 60_000, soon + 60_000)?.code).toBe('NOT_QUIET_YET')
    const late = ended + 12 * 3_600_000
    const unseen = withLook(back, anUnusedLook({ istiods: ['c/0'], seenMs: late }), late)
    expect(whyNotQuiet(unseen, 30 * 60_000, late)?.code).toBe('NOT_QUIET_YET')
  })

  test('never over unless each look of so long said nobody, by the same processes, without a break', () => {
    const drawn = fc.record({
      kind: fc.constantFrom('unused', 'unused', 'unused', 'used', 'silent', 'restarted'),
      later: fc.constantFrom(SECOND_MS, 30_000, 60_000, BREAK_MS, BREAK_MS + 1),
    })
    fc.assert(
      fc.property(
        fc.array(drawn, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(60_000, 300_000),
        (seen, quietMs) => {
          let run = MIGRATING
          let nowMs = T0
          let process = 0
          const told: { at: number; kind: string }[] = []
          for (const { kind, later } of seen) {
            nowMs += later
            process += kind === 'restarted' ? 1 : 0
            const because = kind === 'used' ? codedOf('PODS_STILL_OLD') : kind === 'silent' ? SILENT[0].because : null
            run = withLook(run, anUnusedLook({ because, istiods: [`a/${process}`], seenMs: nowMs }), nowMs)
            told.push({ at: nowMs, kind })
          }
          if (whyNotQuiet(run, quietMs, nowMs)) return
          const before = told.filter(({ at }) => at > nowMs - quietMs)
          expect(before.map(({ kind }) => kind)).not.toContain('used')
          expect(before.filter(({ kind, at }) => kind === 'restarted' && at > nowMs - quietMs)).toEqual([])
          const answered = told.filter(({ kind }) => kind !== 'silent').map(({ at }) => at)
          const since = Math.max(...answered.filter((at) => at <= nowMs - quietMs))
          const gaps = answered.filter((at) => at > since).map((at, i, all) => at - (all[i - 1] ?? since))
          expect(gaps.filter((gap) => gap > BREAK_MS)).toEqual([])
        },
      ),
      { numRuns: 400 },
    )
  })
})

test('what people read follows the newest count, though the record keeps the first', () => {
  const [used] = looked([[{ because: codedOf('PODS_STILL_OLD', { from: 'default', pods: 13, workloads: 8 }) }, 1000]])
  const now = aCensus({ pods: { old: 1, new: 12, other: 0 }, workloads: 1 })
  expect(whyItStays(used, now, 0, T0)?.facts).toMatchObject({ pods: 1 })
  expect(whyItStays(used, null, 0, T0)?.facts).toMatchObject({ pods: 13 })
})

test('a look carries what both sources said, and when', () => {
  expect(unusedLook({ census: aCensus(), seenMs: T0 })).toEqual({
    from: ['default'],
    because: null,
    istiods: ['a/0', 'b/0'],
    seenMs: T0,
  })
})
