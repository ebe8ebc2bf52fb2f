import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { listAt } from './kube-object.ts'
import { seedNamespace, seedNodes } from './seed/seed-cluster.ts'
import { seedIstio } from './seed/seed-istio.ts'
import { seedWorkload } from './seed/seed-workload.ts'
import { sidecarOf } from './seed/sidecar-of.ts'
import type { KubeServer } from './server.ts'
import { startKubeServer } from './server.ts'
import { configMap, probePod, testClient } from './test-client.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const WORKER = {
  token: 'worker-token',
  name: 'system:serviceaccount:meshferry:worker',
  rules: [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['configmaps'], namespaces: ['default'] }],
}
let server: KubeServer

beforeAll(async () => {
  server = await startKubeServer({ users: [WORKER], addresses: ['127.0.0.2'] })
})
afterAll(() => server.close())

describe('who may', () => {
  test('an unknown token is 401', async () => {
    expect(await testClient(server, 'wrong').get(MAPS)).toMatchObject({
      code: 401,
      body: { reason: 'Unauthorized', message: 'Unauthorized' },
    })
  })

  test('403 names user, verb, resource and place', async () => {
    const client = testClient(server, WORKER.token)
    expect((await client.get(MAPS)).code).toBe(200)
    const message = async (path: string): Promise<unknown> => (await client.get(path)).body['message']
    expect(await message('/api/v1/pods')).toBe(
      `pods is forbidden: User "${WORKER.name}" cannot list resource "pods" in API group "" at the cluster scope`,
    )
    expect(await message('/apis/apps/v1/namespaces/default/deployments/x')).toBe(
      `deployments.apps "x" is forbidden: User "${WORKER.name}" cannot get resource "deployments" in API group "apps" in the namespace "default"`,
    )
    expect((await client.post(MAPS, configMap('x'))).code).toBe(403)
  })

  test('reviews answer for the caller', async () => {
    const client = testClient(server, WORKER.token)
    const ask = (verb: string) =>
      client.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb, resource: 'configmaps', namespace: 'default' } },
      })
    expect([(await ask('get')).body['status'], (await ask('create')).body['status']]).toMatchObject([
      { allowed: true },
      { allowed: false },
    ])
  })

  test('the kubeconfig leads here', () => {
    const dir = mkdtempSync(join(tmpdir(), 'kube-'))
    server.writeKubeconfig(join(dir, 'config'), { token: WORKER.token, context: 'prod-a' })
    expect(parse(readFileSync(join(dir, 'config'), 'utf8'))).toMatchObject({
      'current-context': 'prod-a',
      clusters: [{ cluster: { server: server.url } }],
      users: [{ user: { token: WORKER.token } }],
    })
    rmSync(dir, { recursive: true })
  })
})

describe('trouble on demand', () => {
  test('429 with Retry-After, then well again', async () => {
    server.trouble({ kind: 'status', code: 429, retryAfterSeconds: 3, path: /configmaps/, times: 1 })
    const response = await fetch(`${server.url}${MAPS}`, { headers: { authorization: `Bearer ${server.token}` } })
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3'])
    expect((await testClient(server).get(MAPS)).code).toBe(200)
  })

  test('a broken connection before the act, and a lost answer after it', async () => {
    const client = testClient(server)
    server.trouble({ kind: 'hangUp', method: 'POST', path: /configmaps/, times: 1 })
    await expect(client.post(MAPS, configMap('h'))).rejects.toThrow('fetch failed')
    expect((await client.get(`${MAPS}/h`)).code).toBe(404)
    server.trouble({ kind: 'lostAnswer', method: 'POST', path: /configmaps/, times: 1 })
    await expect(client.post(MAPS, configMap('h'))).rejects.toThrow('fetch failed')
    expect((await client.get(`${MAPS}/h`)).code).toBe(200)
    expect(server.log.filter((entry) => entry.code === 0)).toHaveLength(2)
  })

  test('slow answers, lifted', async () => {
    const lift = server.trouble({ kind: 'slow', delayMs: 60, path: /configmaps/ })
    const started = performance.now()
    await testClient(server).get(MAPS)
    lift()
    expect(performance.now() - started).toBeGreaterThanOrEqual(55)
  })
})

describe('a cluster as preflight reads it', () => {
  test('two API servers on one store; one may lag behind with its webhooks', async () => {
    seedNodes(server, ['v1.34.4'])
    seedIstio(server, { version: '1.30.0', era: 'tag' })
    seedNamespace(server, { name: 'shop', labels: { 'istio-injection': 'enabled' } })
    const slice = server.get('discovery.k8s.io/v1', 'EndpointSlice', 'kubernetes', 'default')
    expect(slice).toMatchObject({
      endpoints: [{ addresses: ['127.0.0.1'] }, { addresses: ['127.0.0.2'] }],
      ports: [{ port: server.port }],
    })
    const thaw = server.freezeWebhooks('127.0.0.2')
    server.remove('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'istio-revision-tag-default')
    const injected = async (host: string): Promise<boolean> => {
      const other = testClient({ url: `http://${host}:${server.port}`, token: server.token })
      const { body } = await other.post('/api/v1/namespaces/shop/pods?dryRun=All', probePod())
      return body.metadata.annotations?.['sidecar.istio.io/status'] !== undefined
    }
    expect([await injected('127.0.0.1'), await injected('127.0.0.2')]).toEqual([false, true])
    thaw()
    expect(await injected('127.0.0.2')).toBe(false)
  })

  test('istiods report their proxies through the pod proxy', async () => {
    seedWorkload(server, { namespace: 'shop', name: 'cart', replicas: 3, inject: sidecarOf('default', '1.30.0') })
    const istiods = server.list('v1', 'Pod', 'istio-system')
    const counts = await Promise.all(
      istiods.map(async (pod) => {
        const path = `/api/v1/namespaces/istio-system/pods/${pod.metadata.name}:15014/proxy/metrics`
        const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.token}` } })
        return Number(/^pilot_xds\{version="1.30.0"\} (\d+)$/m.exec(await response.text())?.[1] ?? 0)
      }),
    )
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3)
  })

  test('seeded pods are owned, running, and carry their sidecar', () => {
    const [pod] = server.list('v1', 'Pod', 'shop')
    expect(pod?.metadata.ownerReferences).toMatchObject([{ kind: 'ReplicaSet', controller: true }])
    expect(listAt(pod, 'status', 'containerStatuses')).toHaveLength(2)
  })
})
