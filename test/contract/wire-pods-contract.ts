import { beforeAll, expect, test } from '@jest/globals'
import { injector, pod } from './contract-objects.ts'
import { soon, unique } from './contract-server.ts'
import type { WireAnswer } from './wire-client.ts'
import { JSON_PATCH, MERGE_PATCH, type WireStage } from './wire-stage.ts'

const HOOKS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations'
const READY = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }

/** Dry-run pods through live webhooks, evictions, the pod proxy. */
export function testPods(stage: () => WireStage): void {
  testAdmission(stage)
  testEvictions(stage)

  test('the proxy of a pod that is not there, and of one that nobody can reach', async () => {
    const { admin, pods } = stage()
    const missing = await admin.ask('GET', `${pods}/none:15014/proxy/metrics`)
    expect(missing.body).toMatchObject({ code: 404, reason: 'NotFound', message: 'pods "none" not found' })
    const name = await createPod(stage(), { app: 'silent' })
    const ask = () => admin.ask('GET', `${pods}/${name}:15014/proxy/metrics`)
    // Until a kubelet has given it an address, the pod is a 400.
    expect(await soon(async () => (await ask()).status !== 400, 10_000)).toBe(true)
    const silent = await ask()
    expect(silent.body).toMatchObject({ code: 503, reason: 'ServiceUnavailable' })
    expect(silent.body.message).toMatch(/^error trying to reach service: dial tcp .*:15014: connect: /)
  })
}

function testAdmission(stage: () => WireStage): void {
  const name = unique('wire-hook')
  const dryRun = (labels: Record<string, string> = {}): Promise<WireAnswer> => {
    const { metadata, ...body } = pod(stage().namespace)
    return stage().admin.ask('POST', `${stage().pods}?dryRun=All`, {
      body: { ...body, metadata: { ...metadata, labels } },
    })
  }
  const patchHook = (...fields: readonly (readonly [string, unknown])[]) => {
    const body = fields.map(([path, value]) => ({ op: 'add', path: `/webhooks/0/${path}`, value }))
    return stage().admin.ask('PATCH', `${HOOKS}/${name}`, { body, contentType: JSON_PATCH })
  }
  /** A server learns of a webhook's change a moment after it was written. */
  const becomes = (wanted: string) =>
    soon(async () => String((await dryRun()).body.message ?? 'admitted').includes(wanted), 10_000)
  const call = () => `Post "https://nobody.${stage().namespace}.svc:443/inject?timeout=10s"`
  const failing = (why: string) => `failed calling webhook "contract.meshferry.io": failed to call webhook: ${why}`

  beforeAll(async () => {
    const { admin, namespace } = stage()
    const labels = { labels: { 'wire-hooked': namespace } }
    await admin.ask('PATCH', `/api/v1/namespaces/${namespace}`, {
      body: { metadata: labels },
      contentType: MERGE_PATCH,
    })
    const { webhooks, ...rest } = injector(name)
    const entry = {
      ...webhooks[0],
      namespaceSelector: { matchLabels: { 'wire-hooked': namespace } },
      objectSelector: { matchExpressions: [{ key: 'skip', operator: 'DoesNotExist' }] },
      clientConfig: { service: { name: 'nobody', namespace, path: '/inject' } },
      failurePolicy: 'Fail',
    }
    await admin.ask('POST', HOOKS, { body: { ...rest, webhooks: [entry] } })
  })

  test('a webhook whose service is missing fails every pod that it selects', async () => {
    expect(await becomes('not found')).toBe(true)
    const why = failing(`${call()}: service "nobody" not found`)
    expect((await dryRun()).body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `Internal error occurred: ${why}`,
      reason: 'InternalError',
      details: { causes: [{ message: why }] },
      code: 500,
    })
  })

  test('a pod or namespace that it does not select is admitted, and not kept', async () => {
    const skipped = await dryRun({ skip: 'me' })
    expect(skipped).toMatchObject({ status: 201, body: { kind: 'Pod', status: { phase: 'Pending' } } })
    expect((await stage().admin.ask('GET', `${stage().pods}/${skipped.body.metadata.name}`)).status).toBe(404)
    const other = await stage().admin.ask('POST', '/api/v1/namespaces/default/pods?dryRun=All', {
      body: pod('default'),
    })
    expect(other.status).toBe(201)
  })

  test('one that may fail lets pods through', async () => {
    await patchHook(['failurePolicy', 'Ignore'])
    expect(await becomes('admitted')).toBe(true)
    await patchHook(['failurePolicy', 'Fail'])
    expect(await becomes('failed calling')).toBe(true)
  })

  test('a service without endpoints, and one without that port', async () => {
    const { admin, namespace } = stage()
    const spec = { selector: { app: 'nobody' }, ports: [{ port: 443, targetPort: 15_017 }] }
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'nobody' }, spec }
    await admin.ask('POST', `/api/v1/namespaces/${namespace}/services`, { body: service })
    expect(await becomes(failing(`${call()}: no endpoints available for service "nobody"`))).toBe(true)
    await patchHook(['clientConfig/service/port', 8443], ['timeoutSeconds', 3])
    const other = call().replace('443', '8443').replace('10s', '3s')
    expect(await becomes(failing(`${other}: no service port 8443 found for service "nobody"`))).toBe(true)
    await admin.ask('DELETE', `${HOOKS}/${name}`)
    expect(await becomes('admitted')).toBe(true)
  })

  test('a pod without its service account, and one without containers', async () => {
    const { admin, namespace, pods } = stage()
    const body = pod(namespace)
    const lost = { ...body, spec: { ...body.spec, serviceAccountName: 'nobody' } }
    const account = `serviceaccount "nobody" not found`
    expect((await admin.ask('POST', `${pods}?dryRun=All`, { body: lost })).body).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message: `pods "${body.metadata.name}" is forbidden: error looking up service account ${namespace}/nobody: ${account}`,
    })
    const empty = await admin.ask('POST', `${pods}?dryRun=All`, { body: { ...body, spec: {} } })
    expect(empty.body).toMatchObject({ code: 422, message: expect.stringContaining('spec.containers: Required value') })
  })
}

function testEvictions(stage: () => WireStage): void {
  const evict = (name: string, more: object = {}, query = ''): Promise<WireAnswer> => {
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name }, ...more }
    return stage().admin.ask('POST', `${stage().pods}/${name}/eviction${query}`, { body })
  }
  const budget = (name: string, app: string, spec: object) => {
    const object = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name } }
    const body = { ...object, spec: { ...spec, selector: { matchLabels: { app } } } }
    const path = `/apis/policy/v1/namespaces/${stage().namespace}/poddisruptionbudgets`
    return stage().admin.ask('POST', path, { body })
  }

  test('an eviction of nothing, and one that names another pod', async () => {
    expect((await evict('none')).body).toMatchObject({ code: 404, message: 'pods "none" not found' })
    const name = await createPod(stage(), { app: 'free' })
    const other = await evict(name, { metadata: { name: 'other' } })
    expect(other.body).toMatchObject({ code: 400, message: 'name in URL does not match name in Eviction object' })
  })

  test('a free pod is evicted; a dry run only says so', async () => {
    const name = await createPod(stage(), { app: 'free' })
    const there = async () => (await stage().admin.ask('GET', `${stage().pods}/${name}`)).status
    expect((await evict(name, { deleteOptions: { dryRun: ['All'] } })).body).toMatchObject({
      status: 'Success',
      code: 201,
    })
    expect(await there()).toBe(200)
    expect((await evict(name)).body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      code: 201,
    })
    expect(await soon(async () => (await there()) === 404)).toBe(true)
  })

  test('a budget that would be broken is a 429 that names it; two budgets are an error', async () => {
    const app = unique('held')
    const name = await createPod(stage(), { app })
    await budget(app, app, { minAvailable: 1 })
    // A real server answers another 429 until it has counted the pods.
    const message = `The disruption budget ${app} needs 1 healthy pods and has 1 currently`
    expect(await soon(async () => (await evict(name, {}, '?dryRun=All')).text.includes(message), 10_000)).toBe(true)
    const refused = await evict(name)
    expect(refused.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      reason: 'TooManyRequests',
      details: { causes: [{ reason: 'DisruptionBudget', message }] },
      code: 429,
    })
    await budget(`${app}-2`, app, { maxUnavailable: 1 })
    const two = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'
    expect(await soon(async () => (await evict(name)).body.message === two, 10_000)).toBe(true)
    expect((await evict(name)).body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: two,
      code: 500,
    })
  })
}

/** A pod that runs and is ready; a server with kubelets says so itself. */
async function createPod({ admin, namespace, pods }: WireStage, labels: Record<string, string>): Promise<string> {
  const { metadata, ...body } = pod(namespace)
  await admin.ask('POST', pods, { body: { ...body, metadata: { ...metadata, labels: { ...labels, skip: 'hooks' } } } })
  const path = `${pods}/${metadata.name}`
  await admin.ask('PATCH', `${path}/status`, { body: READY, contentType: MERGE_PATCH })
  await soon(async () => (await admin.ask('GET', path)).body.status?.phase === 'Running')
  return metadata.name
}
