import { expect, test } from '@jest/globals'
import { look } from '../../../test/support/sample-size.ts'
import type { Straggler } from '../../wire/census.ts'
import { stragglerLine } from './stragglers.ts'

const COUNTED = '2026-11-24T09:00:00.000Z'
const NEWEST = '2026-11-23T10:00:00.000Z'

function line(locale: 'en' | 'zh', change: Partial<Straggler>): string {
  const workload = { team: 'payments', namespace: 'pay', kind: 'Deployment', name: 'api', old: 3, pods: 3 }
  const cause = { code: 'NOT_REDEPLOYED', facts: {} }
  return stragglerLine({ ...workload, newestPodAt: NEWEST, cause, ...change }, COUNTED, look(locale))
}

test.each([
  ['en', { redeployedAt: NEWEST }, 'last redeploy less than a day ago.'],
  ['zh', { redeployedAt: NEWEST }, '距上次发布不到一天。'],
  ['en', {}, 'newest pod less than a day old.'],
  ['zh', {}, '最新的 Pod 创建不到一天。'],
  ['en', { redeployedAt: '2026-11-23T09:00:00.000Z' }, 'last redeploy 1 day ago.'],
  ['en', { newestPodAt: '2026-11-21T09:00:00.000Z' }, 'newest pod 3 days old.'],
] as const)('%s, %j: nobody reads of 0 days', (locale, change, words) => {
  expect(line(locale, change)).toContain(words)
})
