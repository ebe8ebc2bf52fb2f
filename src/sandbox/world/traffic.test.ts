import { expect, test } from '@jest/globals'
import { newLosses } from './control-planes.ts'
import { planWorld } from './plan-world.ts'
import type { WorkloadCount } from './pod-counts.ts'
import { dayFactor, servedWorkloads, shopAnswer, trafficNow } from './traffic.ts'

const plan = planWorld(7)
const served = servedWorkloads(plan)
const NOON = Date.parse('2026-12-01T12:00:00Z')
const PAYMENTS = 'payments/payments-api'

type Pods = { readonly ready: number; readonly bare?: number }

/** Every workload has its pods, with sidecars of `default`; but for the ones named. */
function state(other: Readonly<Record<string, Pods>> = {}, lost = '') {
  const count = (key: string): WorkloadCount => {
    const replicas = served.find((one) => one.key === key)?.workload.replicas ?? 0
    const { ready, bare = 0 }: Pods = other[key] ?? { ready: replicas }
    return { ready, bare, byRevision: new Map([['default', ready - bare]]) }
  }
  return { count, isLost: (revision: string) => revision === lost }
}

test('goes without errors while every pod is ready and carries a sidecar; more by day than by night', () => {
  const day = trafficNow(served, state(), NOON)
  expect(day.errorsPerSecond).toBe(0)
  expect(day.perSecond).toBeGreaterThan(1000)
  expect(dayFactor(Date.parse('2026-12-01T07:00:00Z'), 'Asia/Shanghai')).toBeCloseTo(1)
  expect(dayFactor(Date.parse('2026-11-30T19:00:00Z'), 'Asia/Shanghai')).toBeCloseTo(0.3)
})

test('fewer ready pods serve fewer requests, and no errors as long as one is left', () => {
  const all = trafficNow(served, state(), NOON)
  const one = trafficNow(served, state({ [PAYMENTS]: { ready: 1 } }), NOON)
  expect(one.perSecond).toBeLessThan(all.perSecond)
  expect(one.errorsPerSecond).toBe(0)
})

test.each<[string, Readonly<Record<string, Pods>>, string, 200 | 503]>([
  ['none is ready', { [PAYMENTS]: { ready: 0 } }, '', 503],
  ['one of three has no sidecar', { [PAYMENTS]: { ready: 3, bare: 1 } }, '', 200],
  ['none has a sidecar', { [PAYMENTS]: { ready: 3, bare: 3 } }, '', 503],
  ['the control plane is lost', {}, 'default', 503],
])('errors when %s', (_why, other, lost, answer) => {
  const now = state(other, lost)
  expect(trafficNow(served, now, NOON).errorsPerSecond).toBeGreaterThan(0)
  expect(shopAnswer(plan.shop, now)).toBe(answer)
})

test('a healthy shop answers, and what is no part of it does not matter to it', () => {
  expect(shopAnswer(plan.shop, state())).toBe(200)
  expect(shopAnswer(plan.shop, state({ 'ledger/ledger': { ready: 0 } }))).toBe(200)
})

test('a revision is lost a day after its last ready istiod, and found again with the next', () => {
  const hour = 3_600_000
  const plane = { revision: 'default', version: '1.30.0', wanted: 2, proxies: 0 }
  const losses = newLosses(0)
  losses.note([{ ...plane, ready: 2 }], 0)
  losses.note([{ ...plane, ready: 0 }], 100 * hour)
  expect(losses.isLost('default', 124 * hour)).toBe(false)
  expect(losses.isLost('default', 124 * hour + 1)).toBe(true)
  losses.note([{ ...plane, ready: 1 }], 130 * hour)
  expect(losses.isLost('default', 130 * hour)).toBe(false)
})
