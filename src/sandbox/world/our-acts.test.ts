import { expect, test } from '@jest/globals'
import { actIn, newOurActs } from './our-acts.ts'

const tenants = new Set(['payments'])
const US = 'system:serviceaccount:meshferry:worker'
const line = (method: string, url: string, parts: { code?: number; body?: string; user?: string } = {}) => {
  return { method, url, user: US, code: 200, body: '', ...parts }
}
const PODS = '/api/v1/namespaces/payments/pods'
const API = '/apis/apps/v1/namespaces/payments/deployments/payments-api'

test.each<[string, ReturnType<typeof line>, 'pod' | 'workload' | null]>([
  ['a pod deleted', line('DELETE', `${PODS}/a`), 'pod'],
  ['all pods deleted', line('DELETE', PODS), 'pod'],
  ['a pod evicted', line('POST', `${PODS}/a/eviction`, { code: 201 }), 'pod'],
  ['a deployment patched', line('PATCH', API), 'workload'],
  ['a deployment scaled', line('PATCH', `${API}/scale`), 'workload'],
  ['a CronJob replaced', line('PUT', '/apis/batch/v1/namespaces/payments/cronjobs/x'), 'workload'],
  ['a deletion whose answer was lost', line('DELETE', `${PODS}/a`, { code: 0 }), 'pod'],
  ['a pod read', line('GET', `${PODS}/a`), null],
  ['a trial pod', line('POST', `${PODS}?dryRun=All`, { code: 201 }), null],
  ['a deletion on trial', line('DELETE', `${PODS}/a`, { body: '{"dryRun":["All"]}' }), null],
  ['an eviction on trial', line('POST', `${PODS}/a/eviction`, { body: '{"deleteOptions":{"dryRun":["All"]}}' }), null],
  ['a write that only speaks of dryRun', line('PATCH', API, { body: '{"metadata":{"x":"\\"dryRun\\""}}' }), 'workload'],
  ['a deletion that was refused', line('DELETE', `${PODS}/a`, { code: 403 }), null],
  ["istiod's own deployment", line('PATCH', API.replace('payments/', 'istio-system/')), null],
  ['a ConfigMap', line('PUT', '/api/v1/namespaces/payments/configmaps/x'), null],
])('%s', (_what, request, act) => {
  expect(actIn(request, tenants)).toBe(act)
})

test('counts one account alone, each line once', () => {
  const log = [line('DELETE', `${PODS}/a`), line('DELETE', `${PODS}/b`, { user: 'admin' })]
  const acts = newOurActs(log, US, tenants)
  expect(acts()).toEqual({ pods: 1, workloads: 0 })
  log.push(line('PATCH', API))
  expect(acts()).toEqual({ pods: 1, workloads: 1 })
  expect(acts()).toEqual({ pods: 1, workloads: 1 })
})
