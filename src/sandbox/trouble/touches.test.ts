import { expect, test } from '@jest/globals'
import type { LoggedRequest } from '../kube-server/serve-http.ts'
import { countTenantWrites, tenantWrites, WORKER_ACCOUNT } from './touches.ts'

function logged(method: string, url: string, change: Partial<LoggedRequest> = {}): LoggedRequest {
  return { at: 0, method, url, user: WORKER_ACCOUNT, code: 200, userAgent: '', address: '', body: '', ...change }
}

test('counts what the worker wrote to tenants, and nothing else', () => {
  const pod = '/api/v1/namespaces/shop/pods/web-1'
  const log = [
    logged('DELETE', pod),
    logged('POST', '/api/v1/namespaces/shop/pods/web-1/eviction', { code: 201 }),
    logged('PATCH', '/apis/apps/v1/namespaces/shop/deployments/web?fieldManager=x'),
    logged('POST', '/api/v1/namespaces/shop/pods?dryRun=All', { code: 201 }),
    logged('GET', pod),
    logged('DELETE', pod, { code: 403 }),
    logged('DELETE', pod, { user: 'system:admin' }),
    logged('PUT', '/api/v1/namespaces/meshferry/configmaps/active'),
    logged('DELETE', '/api/v1/namespaces/istio-system/services/istiod'),
    logged('PATCH', '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/x'),
  ]
  expect(tenantWrites(log)).toEqual([
    `DELETE ${pod}`,
    'POST /api/v1/namespaces/shop/pods/web-1/eviction',
    'PATCH /apis/apps/v1/namespaces/shop/deployments/web?fieldManager=x',
  ])
})

test('counting on comes to the same as counting anew, whenever it is asked', () => {
  const log: LoggedRequest[] = [logged('DELETE', '/api/v1/namespaces/shop/pods/before')]
  const [all, since] = [countTenantWrites(log), countTenantWrites(log, log.length)]
  for (const [index, code] of [200, 403, 201, 0, 409].entries()) {
    log.push(logged('DELETE', `/api/v1/namespaces/shop/pods/${index}`, { code }))
    log.push(logged('GET', `/api/v1/namespaces/shop/pods/${index}`))
    expect(all()).toBe(tenantWrites(log).length)
    if (index % 2 === 0) since()
  }
  expect([all(), since(), all()]).toEqual([4, 3, 4])
})
