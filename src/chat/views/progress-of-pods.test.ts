import { describe, expect, test } from '@jest/globals'
import { digestSample, waitSample } from '../../../test/support/card-samples.ts'
import { look } from '../../../test/support/sample-size.ts'
import type { DigestFacts } from '../../wire/card-facts.ts'
import { digestCard } from './digest-card.ts'
import { percentMoved } from './moved.ts'
import { sinceLine } from './since.ts'
import { stragglersCard } from './stragglers.ts'
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

test('a proxy image that is pinned is told though its pod has moved', () => {
  const pinned = { pods: 2, workloads: ['shop/Deployment/web'], more: 1 }
  expect(digestText({ pinned })).toMatch(
    /2 pods of the new control plane keep an old proxy image[\s\S]*shop\/Deployment\/web and 1 more/,
  )
  const list = {
    v: 1 as const,
    cluster: 'a',
    migration: { from: ['default'], to: 'n' },
    countedAt: '2026-11-24T09:00:00Z',
    workloads: [],
  }
  const text = JSON.stringify(stragglersCard([{ cluster: 'a', list: { ...list, pinned, unknown: 3 } }], null, EN))
  expect(text).toMatch(/no pod is known to run[\s\S]*Of 3 pods[\s\S]*2 pods of the new/)
})

test('a late digest says why', () => {
  expect(digestText({ late: true })).toMatch(/no worker was there/)
  expect(digestText({ late: true, uncounted: true })).toMatch(/could not be counted/)
})
