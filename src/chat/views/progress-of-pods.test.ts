import { describe, expect, test } from '@jest/globals'
import { digestSample, look, waitSample } from '../../../test/support/card-samples.ts'
import type { DigestFacts } from '../../wire/card-facts.ts'
import { digestCard } from './digest-card.ts'
import { percentMoved } from './moved.ts'
import { sinceLine } from './since.ts'
import { waitCard } from './wait-card.ts'

const PLACE = { message: 'n', revision: 1 }
const EN = look('en')
const DONE = { teams: [], moreTeams: 0, pods: { old: 0, new: 12, other: 3 } }

function digestText(change: Partial<DigestFacts>, locale: 'en' | 'zh' = 'en'): string {
  return JSON.stringify(digestCard({ ...digestSample('usual', false), ...change }, look(locale), PLACE))
}

describe('while nothing says what some sidecars are', () => {
  test('nobody says that all have moved', () => {
    const digest = digestText({ ...DONE, unknown: 3 })
    const wait = JSON.stringify(waitCard({ ...waitSample('usual'), ...DONE, unknown: 3 }, EN, PLACE))
    for (const text of [digest, wait]) {
      expect(text).toMatch(/80 %/)
      expect(text).toMatch(/12 of 15/)
      expect(text).toMatch(/Of 3 pods nothing says which sidecar they carry/)
      expect(text).not.toMatch(/100 %|No pod is left/)
    }
    expect(digestText({ ...DONE, unknown: 3 }, 'zh')).toMatch(/3 个 Pod 无法得知/)
  })

  test('others are told as such, and all have moved without them', () => {
    expect(digestText({ ...DONE, unknown: 0 })).toMatch(/100 %[\s\S]*3 on another one[\s\S]*No pod is left/)
    expect(percentMoved({ old: 0, new: 999 }, 1)).toBe(99)
  })
})

test.each([
  [{ old: 10, new: 0 }, { old: 4, new: 6 }, '6 pods moved.'],
  [{ old: 10, new: 0 }, { old: 4, new: 0 }, '6 fewer on the old sidecar.'],
  [{ old: 10, new: 0 }, { old: 14, new: 0 }, '4 more on the old sidecar.'],
  [{ old: 10, new: 2 }, { old: 10, new: 9 }, 'as many on the old sidecar as then.'],
  [{ old: 10, new: 0 }, { old: 2, new: 1 }, '1 pod moved, 8 fewer on the old sidecar.'],
  [{ old: 10 }, { old: 8, new: 2 }, '2 fewer on the old sidecar.'],
])('from %j to %j: %s', (before, pods, line) => {
  expect(sinceLine({ day: '2026-11-23', ...before }, pods, EN)).toBe(`Since 2026-11-23: ${line}`)
})

test('a late digest says why', () => {
  expect(digestText({ late: true })).toMatch(/no worker was there/)
  expect(digestText({ late: true, uncounted: true })).toMatch(/could not be counted/)
})
