import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { definition } from './istio/base-objects.ts'
import { listAt, textAt } from './kube-object.ts'
import { seedNamespace } from './seed/seed-cluster.ts'
import type { KubeServer } from './server.ts'
import { startKubeServer } from './server.ts'
import { configMap, testClient } from './test-client.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
let server: KubeServer
let client: ReturnType<typeof testClient>

beforeAll(async () => {
  server = await startKubeServer()
  client = testClient(server)
})
afterAll(() => server.close())

describe('create', () => {
  test('fills in what only the server knows', async () => {
    const { code, body } = await client.post(MAPS, configMap('a', { k: 'v' }))
    expect([code, body.kind, body.apiVersion]).toEqual([201, 'ConfigMap', 'v1'])
    expect(body.metadata).toMatchObject({
      name: 'a',
      namespace: 'default',
      uid: expect.any(String),
      resourceVersion: expect.stringMatching(/^\d+$/),
    })
    expect(body.metadata.managedFields).toMatchObject([
      { manager: 'test', operation: 'Update', apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:k': {} } } },
    ])
  })

  test('generateName, dry run, and their refusals', async () => {
    const named = await client.post(MAPS, { ...configMap(''), metadata: { name: '', generateName: 'gen-' } })
    expect(named.body.metadata.name).toMatch(/^gen-[a-z0-9]{5}$/)
    const dry = await client.post(`${MAPS}?dryRun=All`, configMap('dry'))
    expect([dry.code, (await client.get(`${MAPS}/dry`)).code]).toEqual([201, 404])
    expect(await client.post(MAPS, configMap('a'))).toMatchObject({
      code: 409,
      body: {
        reason: 'AlreadyExists',
        message: 'configmaps "a" already exists',
        details: { name: 'a', kind: 'configmaps' },
      },
    })
    expect(await client.post('/api/v1/namespaces/nowhere/configmaps', configMap('a'))).toMatchObject({
      code: 404,
      body: { message: 'namespaces "nowhere" not found' },
    })
    expect(await client.post(MAPS, configMap('Bad_Name'))).toMatchObject({ code: 422, body: { reason: 'Invalid' } })
    expect(await client.post(MAPS, configMap('big', { x: 'x'.repeat(1024 * 1024 + 1) }))).toMatchObject({ code: 422 })
    expect(await client.post(MAPS, { ...configMap('a'), kind: 'Secret' })).toMatchObject({
      code: 400,
      body: { reason: 'BadRequest' },
    })
  })
})

describe('read', () => {
  test('get, not found, unknown resources', async () => {
    expect((await client.get(`${MAPS}/a`)).body.metadata.name).toBe('a')
    expect(await client.get('/apis/apps/v1/namespaces/default/deployments/x')).toMatchObject({
      code: 404,
      body: {
        kind: 'Status',
        status: 'Failure',
        reason: 'NotFound',
        message: 'deployments.apps "x" not found',
        details: { group: 'apps', kind: 'deployments', name: 'x' },
      },
    })
    expect(await client.get('/apis/apps/v1/gateways')).toMatchObject({
      code: 404,
      body: { message: 'the server could not find the requested resource' },
    })
  })

  test('lists by label, set-based label and field; in pages; as metadata only', async () => {
    seedNamespace(server, { name: 'many' })
    const path = '/api/v1/namespaces/many/configmaps'
    for (const [index, tier] of ['web', 'web', 'db', 'cache'].entries()) {
      await client.post(path, { ...configMap(`m${index}`), metadata: { name: `m${index}`, labels: { tier } } })
    }
    const names = async (query: string): Promise<string[]> =>
      listAt((await client.get(`${path}?${query}`)).body, 'items').map((item) => textAt(item, 'metadata', 'name') ?? '')
    expect(await names('labelSelector=tier%3Dweb')).toEqual(['m0', 'm1'])
    expect(await names(`labelSelector=${encodeURIComponent('tier in (db,cache)')}`)).toEqual(['m2', 'm3'])
    expect(await names(`labelSelector=${encodeURIComponent('tier notin (web),tier')}`)).toEqual(['m2', 'm3'])
    expect(await names(`labelSelector=${encodeURIComponent('!tier')}`)).toEqual(['kube-root-ca.crt'])
    expect(await names('fieldSelector=metadata.name%3Dm2')).toEqual(['m2'])
    const first = await client.get(`${path}?limit=3`)
    const token = textAt(first.body, 'metadata', 'continue') ?? ''
    expect([listAt(first.body, 'items').length, first.body['metadata']]).toEqual([
      3,
      { resourceVersion: expect.any(String), continue: expect.any(String), remainingItemCount: 2 },
    ])
    expect(await names(`limit=3&continue=${token}`)).toEqual(['m2', 'm3'])
    const accept = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' }
    const partial = await client.call('GET', path, undefined, accept)
    expect(partial.body).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' })
    expect(listAt(partial.body, 'items')[0]).not.toHaveProperty('data')
    expect((await client.call('GET', path, undefined, { accept: 'application/vnd.kubernetes.protobuf' })).code).toBe(
      406,
    )
    server.forgetHistory()
    expect(await client.get(`${path}?limit=3&continue=${token}`)).toMatchObject({
      code: 410,
      body: { reason: 'Expired' },
    })
  })

  test('discovery names versions, groups and resources', async () => {
    expect((await client.get('/version')).body).toMatchObject({ major: '1', minor: '34', gitVersion: 'v1.34.4' })
    const apps = await client.get('/apis/apps/v1')
    expect(listAt(apps.body, 'resources')).toContainEqual(
      expect.objectContaining({ name: 'deployments/status', kind: 'Deployment', namespaced: true }),
    )
    server.put(definition('gateways.gateway.networking.k8s.io', 'Gateway', ['v1', 'v1beta1']))
    expect((await client.get('/apis/gateway.networking.k8s.io/v1/gateways')).code).toBe(200)
    const groups = listAt((await client.get('/apis')).body, 'groups').map((group) => textAt(group, 'name'))
    expect(groups).toEqual(
      expect.arrayContaining(['apps', 'admissionregistration.k8s.io', 'gateway.networking.k8s.io']),
    )
  })
})

describe('update', () => {
  test('is guarded by resourceVersion; a no-op keeps the version', async () => {
    const { body } = await client.post(MAPS, configMap('u', { k: '1' }))
    const changed = await client.put(`${MAPS}/u`, { ...body, data: { k: '2' } })
    expect(changed.code).toBe(200)
    expect(await client.put(`${MAPS}/u`, { ...body, data: { k: '3' } })).toMatchObject({
      code: 409,
      body: {
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on configmaps "u": the object has been modified; please apply your changes to the latest version and try again',
      },
    })
    const same = await client.put(`${MAPS}/u`, changed.body)
    expect(same.body.metadata.resourceVersion).toBe(changed.body.metadata.resourceVersion)
    expect((await client.put(`${MAPS}/missing`, configMap('missing'))).code).toBe(404)
    expect((await client.put(`${MAPS}/u`, configMap('other'))).code).toBe(400)
  })

  test('generation counts changes of the spec, status is its own resource', async () => {
    const path = '/apis/apps/v1/namespaces/default/deployments'
    const labels = { app: 'x' }
    const spec = {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'a' }] } },
    }
    const made = await client.post(path, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'x' },
      spec,
      status: { replicas: 9 },
    })
    expect([made.body.metadata.generation, made.body['status']]).toEqual([1, undefined])
    const scaled = await client.patch(`${path}/x`, 'merge', { spec: { replicas: 3 }, status: { replicas: 9 } })
    expect([scaled.body.metadata.generation, scaled.body['status']]).toEqual([2, undefined])
    const status = await client.patch(`${path}/x/status`, 'merge', {
      spec: { replicas: 7 },
      status: { readyReplicas: 3 },
    })
    expect(status.body).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
      status: { readyReplicas: 3 },
    })
    const wrong = { ...spec, selector: { matchLabels: { app: 'y' } } }
    expect(
      (await client.post(path, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'y' }, spec: wrong }))
        .code,
    ).toBe(422)
  })

  test('a Lease is created by PUT, and not replaced without its version', async () => {
    const path = '/apis/coordination.k8s.io/v1/namespaces/default/leases/l'
    const lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'l' },
      spec: { holderIdentity: 'a' },
    }
    expect((await client.put(path, lease)).body.metadata.name).toBe('l')
    expect(await client.put(path, { ...lease, spec: { holderIdentity: 'b' } })).toMatchObject({ code: 422 })
  })
})

describe('delete', () => {
  test('preconditions, dry run, dependents, namespaces', async () => {
    const { body } = await client.post(MAPS, configMap('owner'))
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: body.metadata.uid }]
    await client.post(MAPS, { ...configMap('owned'), metadata: { name: 'owned', ownerReferences } })
    expect(await client.del(`${MAPS}/owner`, { preconditions: { uid: 'other' } })).toMatchObject({
      code: 409,
      body: {
        message: expect.stringContaining('the UID in the precondition (other) does not match the UID in record'),
      },
    })
    expect((await client.del(`${MAPS}/owner`, { preconditions: { resourceVersion: '1' } })).code).toBe(409)
    expect((await client.del(`${MAPS}/owner?dryRun=All`)).code).toBe(200)
    expect((await client.del(`${MAPS}/owner`, { preconditions: { uid: body.metadata.uid } })).code).toBe(200)
    expect([(await client.get(`${MAPS}/owner`)).code, (await client.get(`${MAPS}/owned`)).code]).toEqual([404, 404])
    expect((await client.del(`${MAPS}/owner`)).code).toBe(404)
    seedNamespace(server, { name: 'gone' })
    await client.post('/api/v1/namespaces/gone/configmaps', configMap('in'))
    await client.del('/api/v1/namespaces/gone')
    expect(server.list('v1', 'ConfigMap', 'gone')).toEqual([])
  })
})
