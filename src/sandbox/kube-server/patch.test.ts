import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { NEVER_MATCH } from './istio/webhook-entries.ts'
import type { KubeObject } from './kube-object.ts'
import { listAt, textAt } from './kube-object.ts'
import { seedIstio } from './seed/seed-istio.ts'
import type { KubeServer } from './server.ts'
import { startKubeServer } from './server.ts'
import { configMap, testClient } from './test-client.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations'
let server: KubeServer
let client: ReturnType<typeof testClient>

beforeAll(async () => {
  server = await startKubeServer()
  client = testClient(server)
  seedIstio(server, { version: '1.30.0', era: 'helm' })
})
afterAll(() => server.close())

describe('JSON patch', () => {
  test('all operations or none; a failed test is a 422 that says nothing', async () => {
    const { body } = await client.get(`${WEBHOOKS}/istio-sidecar-injector`)
    const value = 'namespace.sidecar-injector.istio.io'
    const guard = { op: 'test', path: '/webhooks/2/name', value }
    const change = { op: 'replace', path: '/webhooks/2/namespaceSelector', value: NEVER_MATCH }
    const version = { op: 'test', path: '/metadata/resourceVersion', value: body.metadata.resourceVersion }
    const done = await client.patch(`${WEBHOOKS}/istio-sidecar-injector`, 'json', [guard, version, change])
    expect([done.code, done.body.metadata.generation]).toEqual([200, 2])
    const late = await client.patch(`${WEBHOOKS}/istio-sidecar-injector`, 'json', [version, change])
    expect(late).toMatchObject({
      code: 422,
      body: { reason: 'Invalid', message: 'the server rejected our request due to an error in our request' },
    })
    const missing = await client.patch(`${WEBHOOKS}/istio-sidecar-injector`, 'json', [
      { op: 'replace', path: '/nope/1', value: 1 },
    ])
    expect(missing.code).toBe(422)
    const dry = await client.patch(`${WEBHOOKS}/istio-sidecar-injector?dryRun=All`, 'json', [
      { op: 'remove', path: '/webhooks/0' },
    ])
    expect(listAt(dry.body, 'webhooks')).toHaveLength(3)
    expect(listAt((await client.get(`${WEBHOOKS}/istio-sidecar-injector`)).body, 'webhooks')).toHaveLength(4)
  })
})

describe('merge patches', () => {
  test('null removes, a stale version conflicts, unknown types are refused', async () => {
    const { body } = await client.post(MAPS, configMap('p', { a: '1', b: '2' }))
    const patched = await client.patch(`${MAPS}/p`, 'merge', { data: { a: null, c: '3' } })
    expect(patched.body['data']).toEqual({ b: '2', c: '3' })
    const stale = { metadata: { resourceVersion: body.metadata.resourceVersion }, data: { d: '4' } }
    expect(await client.patch(`${MAPS}/p`, 'merge', stale)).toMatchObject({ code: 409, body: { reason: 'Conflict' } })
    expect(await client.call('PATCH', `${MAPS}/p`, {}, { 'content-type': 'application/json' })).toMatchObject({
      code: 415,
      body: { reason: 'UnsupportedMediaType' },
    })
    expect((await client.patch(`${MAPS}/none`, 'merge', {})).code).toBe(404)
  })

  test('strategic merge goes by the names of list items', async () => {
    const spec = {
      containers: [
        { name: 'a', image: 'a:1' },
        { name: 'b', image: 'b:1' },
      ],
    }
    await client.post('/api/v1/namespaces/default/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec,
    })
    const change = { spec: { containers: [{ name: 'b', image: 'b:2' }] } }
    const { body } = await client.patch('/api/v1/namespaces/default/pods/p', 'strategic-merge', change)
    expect(listAt(body, 'spec', 'containers')).toMatchObject([{ image: 'a:1' }, { image: 'b:2' }])
  })
})

describe('server-side apply', () => {
  const managers = (object: KubeObject): string[] =>
    (object.metadata.managedFields ?? []).map((entry) => `${entry.manager} ${entry.operation}`)

  test('creates, owns, conflicts, forces, lets go', async () => {
    const made = await client.apply(`${MAPS}/s`, 'one', configMap('s', { a: '1', b: '1' }))
    expect([made.code, managers(made.body)]).toEqual([201, ['one Apply']])
    const conflict = await client.apply(`${MAPS}/s`, 'two', configMap('s', { a: '2' }))
    expect(conflict).toMatchObject({
      code: 409,
      body: {
        reason: 'Conflict',
        message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
        details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' }] },
      },
    })
    const shared = await client.apply(`${MAPS}/s`, 'two', configMap('s', { a: '1' }))
    expect(managers(shared.body)).toEqual(['one Apply', 'two Apply'])
    const forced = await client.apply(`${MAPS}/s`, 'two', configMap('s', { a: '2', c: '2' }), true)
    expect(forced.body['data']).toEqual({ a: '2', b: '1', c: '2' })
    const released = await client.apply(`${MAPS}/s`, 'one', configMap('s', {}))
    expect(released.body['data']).toEqual({ a: '2', c: '2' })
    const again = await client.apply(`${MAPS}/s`, 'two', configMap('s', { a: '2', c: '2' }))
    expect(again.body.metadata.resourceVersion).toBe(released.body.metadata.resourceVersion)
  })

  test('a plain update takes fields over, and names itself with its time in a conflict', async () => {
    await client.apply(`${MAPS}/t`, 'one', configMap('t', { a: '1', b: '1' }))
    await client.patch(`${MAPS}/t?fieldManager=hand`, 'merge', { data: { a: '9' } })
    const { body } = await client.apply(`${MAPS}/t`, 'one', configMap('t', { a: '1', b: '1' }))
    expect(body['message']).toMatch(/^Apply failed with 1 conflict: conflict with "hand" using v1: \.data\.a$/)
  })

  test('webhook entries are merged by name, and removed with their owner', async () => {
    const entry = (name: string, service: string) => ({
      name,
      clientConfig: { service: { name: service, namespace: 'x', path: '/inject' } },
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    })
    const config = (...webhooks: unknown[]): KubeObject => ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'w' },
      webhooks,
    })
    await client.apply(`${WEBHOOKS}/w`, 'one', config(entry('a.x.io', 'old'), entry('b.x.io', 'old')))
    const refused = await client.apply(`${WEBHOOKS}/w`, 'two', config(entry('a.x.io', 'new')))
    expect(refused.body['message']).toBe(
      'Apply failed with 1 conflict: conflict with "one": .webhooks[name="a.x.io"].clientConfig.service.name',
    )
    const forced = await client.apply(`${WEBHOOKS}/w`, 'two', config(entry('a.x.io', 'new')), true)
    expect(listAt(forced.body, 'webhooks').map((one) => textAt(one, 'clientConfig', 'service', 'name'))).toEqual([
      'new',
      'old',
    ])
    const left = await client.apply(`${WEBHOOKS}/w`, 'one', config(entry('a.x.io', 'new')))
    expect(listAt(left.body, 'webhooks').map((one) => textAt(one, 'name'))).toEqual(['a.x.io'])
  })

  test('needs a manager; a dry run changes nothing', async () => {
    const headers = { 'content-type': 'application/apply-patch+yaml' }
    expect((await client.call('PATCH', `${MAPS}/n`, configMap('n'), headers)).code).toBe(422)
    expect((await client.apply(`${MAPS}/n?dryRun=All`, 'one', configMap('n'))).code).toBe(201)
    expect((await client.get(`${MAPS}/n`)).code).toBe(404)
  })
})
