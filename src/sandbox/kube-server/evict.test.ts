import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { listAt } from './kube-object.ts'
import { seedNamespace, seedNodes } from './seed/seed-cluster.ts'
import { seedWorkload } from './seed/seed-workload.ts'
import type { KubeServer } from './server.ts'
import { startKubeServer } from './server.ts'
import { testClient } from './test-client.ts'

let kube: KubeServer
let pods: readonly string[]

beforeEach(async () => {
  kube = await startKubeServer()
  seedNodes(kube, ['v1.34.0'])
  seedNamespace(kube, { name: 'shop' })
  pods = seedWorkload(kube, { namespace: 'shop', name: 'web', replicas: 3 }).map((pod) => pod.metadata.name)
})
afterEach(() => kube.close())

const evict = (name = '', query = '') =>
  testClient(kube).post(`/api/v1/namespaces/shop/pods/${name}/eviction${query}`, {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace: 'shop' },
  })
const budget = (name: string, spec: object): void => {
  kube.put({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  })
}
const left = (): number => kube.list('v1', 'Pod', 'shop').length

test('evicts a pod that no budget holds; not in a dry run; not one that is not there', async () => {
  expect((await evict(pods[0], '?dryRun=All')).code).toBe(201)
  expect(left()).toBe(3)
  expect(await evict(pods[0])).toMatchObject({ code: 201, body: { kind: 'Status', status: 'Success' } })
  expect(left()).toBe(2)
  expect((await evict(pods[0])).code).toBe(404)
})

test.each([
  [{ minAvailable: 2 }, 2],
  [{ maxUnavailable: 1 }, 2],
  [{ minAvailable: '67%' }, 3],
])('%j lets go only what leaves enough', async (spec, needed) => {
  budget('web', spec)
  for (let healthy = 3; healthy > needed; healthy -= 1) expect((await evict(pods[3 - healthy])).code).toBe(201)
  const refused = await evict(pods[2])
  expect(refused).toMatchObject({
    code: 429,
    body: {
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [{ reason: 'DisruptionBudget', message: expect.stringContaining('The disruption budget web needs ') }],
      },
    },
  })
})

test('two budgets over one pod are refused; a pod that has ended goes anyway; discovery names the subresource', async () => {
  budget('web', { minAvailable: 3 })
  budget('more', { minAvailable: 0 })
  expect((await evict(pods[0])).code).toBe(500)
  const pod = kube.get('v1', 'Pod', pods[0] ?? '', 'shop')
  if (pod) kube.put({ ...pod, status: { phase: 'Succeeded' } })
  expect((await evict(pods[0])).code).toBe(201)
  const resources = listAt((await testClient(kube).get('/api/v1')).body, 'resources')
  expect(resources).toContainEqual(expect.objectContaining({ name: 'pods/eviction', kind: 'Eviction' }))
})
