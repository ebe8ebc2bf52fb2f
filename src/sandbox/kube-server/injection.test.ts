import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { NEVER_MATCH } from './istio/webhook-entries.ts'
import type { KubeObject } from './kube-object.ts'
import { isJsonObject, listAt, textAt } from './kube-object.ts'
import { seedNamespace, seedNodes } from './seed/seed-cluster.ts'
import type { Era } from './seed/seed-istio.ts'
import { seedIstio, seedTag } from './seed/seed-istio.ts'
import { seedRunning } from './seed/seed-running.ts'
import type { KubeServer } from './server.ts'
import { startKubeServer } from './server.ts'
import { probePod, testClient } from './test-client.ts'

const NAMESPACES: Readonly<Record<string, Record<string, string>>> = {
  enabled: { 'istio-injection': 'enabled' },
  disabled: { 'istio-injection': 'disabled' },
  stable: { 'istio.io/rev': 'prod-stable' },
  newrev: { 'istio.io/rev': '1-31-0' },
  both: { 'istio-injection': 'enabled', 'istio.io/rev': '1-31-0' },
  revdefault: { 'istio.io/rev': 'default' },
  plain: {},
}

/** Revision in the mutated dry-run pod, `none`, or the error's message. */
async function wouldGet(server: KubeServer, namespace: string, pod: KubeObject): Promise<string> {
  const { code, body } = await testClient(server).post(`/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod)
  if (code !== 201) return String(body['message'])
  const status = body.metadata.annotations?.['sidecar.istio.io/status']
  return status === undefined
    ? 'none'
    : (textAt(JSON.parse(status), 'revision') ?? body.metadata.labels?.['istio.io/rev'] ?? '?')
}

async function meshOf(era: Era, version: string): Promise<KubeServer> {
  const server = await startKubeServer()
  seedNodes(server, ['v1.34.4'])
  seedIstio(server, { version, era })
  seedIstio(server, { version: '1.31.0', era: 'tag', revision: '1-31-0', serving: false })
  if (era === 'tag') seedTag(server, 'prod-stable', 'default')
  for (const [name, labels] of Object.entries(NAMESPACES)) seedNamespace(server, { name, labels })
  return server
}

describe.each<[Era, string, Record<string, string>]>([
  [
    'tag',
    '1.30.0',
    { enabled: 'default', stable: 'default', newrev: '1-31-0', both: 'default', revdefault: 'default' },
  ],
  ['helm', '1.30.0', { enabled: 'default', stable: 'none', newrev: '1-31-0', both: 'default', revdefault: 'default' }],
  ['four-entries', '1.11.8', { enabled: 'default', newrev: '1-31-0', both: 'default', revdefault: 'default' }],
  ['one-entry', '1.7.8', { enabled: 'default', newrev: '1-31-0', both: 'default', revdefault: 'none' }],
])('a cluster of era %s', (era, version, expected) => {
  let server: KubeServer
  beforeAll(async () => {
    server = await meshOf(era, version)
  })
  afterAll(() => server.close())

  test.each(Object.keys(NAMESPACES))('namespace %s', async (namespace) => {
    expect(await wouldGet(server, namespace, probePod())).toBe(expected[namespace] ?? 'none')
  })

  test('a pod that opts out by label or annotation gets no sidecar', async () => {
    expect(await wouldGet(server, 'enabled', probePod({ 'sidecar.istio.io/inject': 'false' }))).toBe('none')
    expect(await wouldGet(server, 'enabled', probePod({}, { 'sidecar.istio.io/inject': 'false' }))).toBe('none')
  })

  test('a pod label asks for a revision in a namespace without labels', async () => {
    expect(await wouldGet(server, 'plain', probePod({ 'istio.io/rev': '1-31-0' }))).toBe('1-31-0')
  })
})

describe('what an injector answers', () => {
  let server: KubeServer
  beforeAll(async () => {
    server = await meshOf('tag', '1.30.0')
  })
  afterAll(() => server.close())

  test('the sidecar has the image of the istiod behind the Service, as a native sidecar on new kubelets', async () => {
    const { body } = await testClient(server).post('/api/v1/namespaces/newrev/pods?dryRun=All', probePod())
    const proxy = listAt(body, 'spec', 'initContainers').find((one) => textAt(one, 'name') === 'istio-proxy')
    expect(proxy).toMatchObject({ image: 'docker.io/istio/proxyv2:1.31.0', restartPolicy: 'Always' })
    expect(body.metadata.annotations?.['istio.io/rev']).toBe('1-31-0')
    expect(server.get('v1', 'Pod', body.metadata.name, 'newrev')).toBeUndefined()
  })

  test('one old kubelet makes it an ordinary container', async () => {
    server.setNativeSidecars(false)
    const { body } = await testClient(server).post('/api/v1/namespaces/newrev/pods?dryRun=All', probePod())
    server.setNativeSidecars('auto')
    expect(listAt(body, 'spec', 'containers').map((one) => textAt(one, 'name'))).toEqual(['app', 'istio-proxy'])
    const status: unknown = JSON.parse(body.metadata.annotations?.['sidecar.istio.io/status'] ?? '{}')
    expect(status).toMatchObject({ containers: ['istio-proxy'], initContainers: ['istio-init'], revision: '1-31-0' })
  })

  test('a real create stores the injected pod', async () => {
    const { code, body } = await testClient(server).post('/api/v1/namespaces/enabled/pods', probePod())
    expect(code).toBe(201)
    expect(server.get('v1', 'Pod', body.metadata.name, 'enabled')?.metadata.annotations?.['istio.io/rev']).toBe(
      'default',
    )
  })

  test('two live entries inject twice: the later revision wins and the log shows both', async () => {
    const own = server.get(
      'admissionregistration.k8s.io/v1',
      'MutatingWebhookConfiguration',
      'istio-sidecar-injector-1-31-0',
    )
    if (!own) throw new Error('missing')
    const selector = { matchLabels: { 'istio-injection': 'enabled' } }
    const webhooks = listAt(own, 'webhooks')
      .slice(0, 1)
      .map((entry) => ({ ...(isJsonObject(entry) ? entry : {}), namespaceSelector: selector }))
    const metadata = { name: 'zz-second' }
    server.put({ apiVersion: own.apiVersion, kind: own.kind, metadata, webhooks })
    const before = server.injections.length
    expect(await wouldGet(server, 'enabled', probePod())).toBe('1-31-0')
    expect(server.injections.slice(before).map((one) => one.revision)).toEqual(['default', '1-31-0'])
    server.remove(own.apiVersion, own.kind, 'zz-second')
  })
})

describe('an injector that fails', () => {
  const PREFIX =
    'Internal error occurred: failed calling webhook "namespace.sidecar-injector.istio.io": failed to call webhook: '
  const POST = 'Post "https://istiod.istio-system.svc:443/inject?timeout=10s": '

  test.each<[string, (server: KubeServer) => void, string]>([
    [
      'no Service',
      (server) => void server.remove('v1', 'Service', 'istiod', 'istio-system'),
      'service "istiod" not found',
    ],
    [
      'no ready pod',
      (server) => seedRunning(server, { namespace: 'istio-system', name: 'istiod', ready: false }),
      'no endpoints available for service "istiod"',
    ],
  ])('%s', async (_name, harm, reason) => {
    const server = await meshOf('helm', '1.30.0')
    harm(server)
    expect(await wouldGet(server, 'enabled', probePod())).toBe(`${PREFIX}${POST}${reason}`)
    expect(await wouldGet(server, 'newrev', probePod())).toBe('1-31-0')
    await server.close()
  })

  test('never-match selectors inject nothing, silently', async () => {
    const server = await meshOf('helm', '1.30.0')
    const kind = ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'istio-sidecar-injector'] as const
    const own = server.get(...kind)
    if (!own) throw new Error('missing')
    const webhooks = listAt(own, 'webhooks').map((entry) => ({
      ...(isJsonObject(entry) ? entry : {}),
      namespaceSelector: NEVER_MATCH,
    }))
    server.put({ ...own, webhooks })
    expect(await wouldGet(server, 'enabled', probePod())).toBe('none')
    await server.close()
  })

  test('a quota, PodSecurity and a policy refuse with their own words', async () => {
    const server = await meshOf('tag', '1.30.0')
    const lift = server.denyPods({ namespace: 'enabled', kind: 'mustSpecify', quota: 'compute' })
    expect(await wouldGet(server, 'enabled', probePod())).toMatch(
      /^pods "probe-\w+" is forbidden: failed quota: compute: must specify requests.cpu for: app$/,
    )
    lift()
    server.denyPods({ namespace: 'stable', kind: 'exceededQuota', quota: 'compute' })
    expect(await wouldGet(server, 'stable', probePod())).toContain('is forbidden: exceeded quota: compute, requested: ')
    server.denyPods({ namespace: 'newrev', kind: 'podSecurity', level: 'restricted' })
    expect(await wouldGet(server, 'newrev', probePod())).toContain('violates PodSecurity "restricted:latest"')
    await server.close()
  })
})
