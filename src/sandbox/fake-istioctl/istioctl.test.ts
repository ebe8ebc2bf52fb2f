import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { isJsonObject, listAt, textAt } from '../kube-server/kube-object.ts'
import { seedNamespace, seedNodes } from '../kube-server/seed/seed-cluster.ts'
import type { Era } from '../kube-server/seed/seed-istio.ts'
import { seedIstio, seedTag } from '../kube-server/seed/seed-istio.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { startKubeServer } from '../kube-server/server.ts'
import { probePod, testClient } from '../kube-server/test-client.ts'
import type { FakeIstioctl } from './install-fake-istioctl.ts'
import { installFakeIstioctl } from './install-fake-istioctl.ts'

const API = 'admissionregistration.k8s.io/v1'
const MWC = 'MutatingWebhookConfiguration'
const OPERATOR_FILE = `
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  profile: minimal
  values: { pilot: { autoscaleMin: 2 } }
`

// Each run is a process of its own: on a busy machine a second or two.
jest.setTimeout(60_000)

let dir = ''
let tools: Readonly<Record<string, FakeIstioctl>> = {}
let server: KubeServer

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fake-istioctl-'))
  writeFileSync(join(dir, 'operator.yaml'), OPERATOR_FILE)
})
afterAll(() => rmSync(dir, { recursive: true }))
beforeEach(() => {
  tools = installFakeIstioctl(join(dir, 'bin'), ['1.26.4', '1.30.0', '1.31.0'])
  for (const tool of Object.values(tools)) tool.behave({ delayMs: 0 })
})
afterEach(() => server.close())

async function cluster(era: Era, version = '1.30.0'): Promise<void> {
  server = await startKubeServer()
  seedNodes(server, ['v1.34.4'])
  seedIstio(server, { version, era })
  seedNamespace(server, { name: 'shop', labels: { 'istio-injection': 'enabled' } })
  server.writeKubeconfig(join(dir, 'kubeconfig'))
}

type Ended = {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
}

function run(version: string, ...args: string[]): Promise<Ended> {
  const child = spawn(tools[version]?.path ?? '', ['-c', join(dir, 'kubeconfig'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, out, err })))
}

function installNew(version = '1.31.0', ...more: string[]): Promise<Ended> {
  return run(version, 'install', '-f', join(dir, 'operator.yaml'), '--revision', '1-31-0', '-y', ...more)
}

async function newPodGets(namespace = 'shop', labels: Record<string, string> = {}): Promise<string> {
  const { code, body } = await testClient(server).post(
    `/api/v1/namespaces/${namespace}/pods?dryRun=All`,
    probePod(labels),
  )
  if (code !== 201) return String(body['message'])
  const status = body.metadata.annotations?.['sidecar.istio.io/status']
  return status === undefined ? 'none' : (textAt(JSON.parse(status), 'revision') ?? '?')
}

function injector(name: string): KubeObject | undefined {
  return server.get(API, MWC, name)
}

describe('install', () => {
  test('beside a default tag: the new revision injects who asks for it, the default stays', async () => {
    await cluster('tag')
    const { code, err } = await installNew()
    expect([code, err.trim().split('\n').at(-1)]).toEqual([0, '✔ Installation complete'])
    expect(await newPodGets()).toBe('default')
    expect(await newPodGets('default', { 'istio.io/rev': '1-31-0' })).toBe('1-31-0')
    const own = injector('istio-sidecar-injector-1-31-0')
    expect(own?.metadata.managedFields?.map((entry) => entry.manager)).toEqual(['istio-operator', 'pilot-discovery'])
    expect(
      server.list('v1', 'Pod', 'istio-system').filter((pod) => pod.metadata.labels?.['istio.io/rev'] === '1-31-0'),
    ).toHaveLength(2)
    const slice = server
      .list('discovery.k8s.io/v1', 'EndpointSlice', 'istio-system')
      .find((one) => one.metadata.labels?.['kubernetes.io/service-name'] === 'istiod-1-31-0')
    expect(listAt(slice, 'endpoints')).toHaveLength(2)
  })

  test('beside an untagged default 1.31 takes the default over at once (Seen 6)', async () => {
    await cluster('helm')
    expect((await installNew()).code).toBe(0)
    expect(await newPodGets()).toBe('1-31-0')
    expect(injector('istio-revision-tag-default')?.metadata.labels).toMatchObject({ 'istio.io/rev': '1-31-0' })
    expect(JSON.stringify(injector('istio-sidecar-injector'))).toContain('never-match')
  })

  test('1.26 leaves an untagged default alone', async () => {
    await cluster('helm')
    expect((await installNew('1.26.4')).code).toBe(0)
    expect(await newPodGets()).toBe('default')
  })

  test('a revision that never becomes ready fails with its objects left', async () => {
    await cluster('tag')
    tools['1.31.0']?.behave({ delayMs: 0, neverReady: true })
    const { code, err } = await installNew('1.31.0', '--readiness-timeout', '200ms')
    expect(code).toBe(1)
    expect(err).toContain(
      'resources not ready after 200ms: context deadline exceeded\n  Deployment/istio-system/istiod-1-31-0',
    )
    expect(server.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeDefined()
    expect(await newPodGets('default', { 'istio.io/rev': '1-31-0' })).toContain(
      'no endpoints available for service "istiod-1-31-0"',
    )
    expect(await newPodGets()).toBe('default')
  })

  test('killed half-way and run again, it ends as if it had not been', async () => {
    await cluster('tag')
    tools['1.31.0']?.behave({ delayMs: 0, dieAt: 'apply:Service' })
    expect((await installNew()).signal).toBe('SIGKILL')
    expect(server.get('v1', 'Service', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
    tools['1.31.0']?.behave({ delayMs: 0 })
    expect((await installNew()).code).toBe(0)
    const again = server.resourceVersion()
    expect((await installNew()).code).toBe(0)
    expect(await newPodGets('default', { 'istio.io/rev': '1-31-0' })).toBe('1-31-0')
    expect(server.resourceVersion() - again).toBeLessThan(20)
  })

  test('without -y it is cancelled; a failure on demand names itself', async () => {
    await cluster('tag')
    const cancelled = await run('1.31.0', 'install', '--revision', '1-31-0')
    expect([cancelled.code, cancelled.err]).toEqual([1, 'Cancelled.\n'])
    tools['1.31.0']?.behave({ delayMs: 0, failAt: 'apply:Deployment', failWith: 'boom' })
    expect((await installNew()).err).toContain('Error: boom')
  })
})

describe('tag', () => {
  test('set default moves injection and validation; an untagged default has a gap in between (Seen 15)', async () => {
    await cluster('helm')
    seedIstio(server, { version: '1.31.0', era: 'tag', revision: '1-31-0', serving: false })
    tools['1.31.0']?.behave({ delayMs: 0, dieAt: 'tag:' })
    expect((await run('1.31.0', 'tag', 'set', 'default', '--revision', '1-31-0', '--overwrite', '-y')).signal).toBe(
      'SIGKILL',
    )
    expect(await newPodGets()).toBe('none')
    tools['1.31.0']?.behave({ delayMs: 0 })
    expect((await run('1.31.0', 'tag', 'set', 'default', '--revision', '1-31-0', '--overwrite', '-y')).code).toBe(0)
    expect(await newPodGets()).toBe('1-31-0')
    const validator = server.get(API, 'ValidatingWebhookConfiguration', 'istiod-default-validator')
    expect(textAt(listAt(validator, 'webhooks')[0], 'clientConfig', 'service', 'name')).toBe('istiod-1-31-0')
  })

  test('generate prints what set would apply and changes nothing', async () => {
    await cluster('helm')
    const before = server.resourceVersion()
    const { code, out } = await run('1.31.0', 'tag', 'generate', 'default', '--revision', 'default')
    const kinds = parseAllDocuments(out).map((document) => String(document.get('kind')))
    expect([code, kinds, server.resourceVersion()]).toEqual([
      0,
      [MWC, 'ValidatingWebhookConfiguration', 'Service'],
      before,
    ])
  })

  test('a poisoned revision object poisons the way back (Seen 4)', async () => {
    await cluster('tag')
    expect((await installNew()).code).toBe(0)
    const own = injector('istio-sidecar-injector')
    if (!own) throw new Error('missing')
    const webhooks = listAt(own, 'webhooks').map((entry) => ({
      ...(isJsonObject(entry) ? entry : {}),
      clientConfig: {
        ...(listAt(injector('istio-sidecar-injector-1-31-0'), 'webhooks').map((one) =>
          isJsonObject(one) ? one['clientConfig'] : {},
        )[0] as object),
      },
    }))
    server.put({ ...own, webhooks }, 'kubectl-edit')
    expect(await newPodGets()).toBe('default')
    await run('1.31.0', 'tag', 'set', 'default', '--revision', 'default', '--overwrite', '-y')
    expect(injector('istio-revision-tag-default')?.metadata.labels?.['istio.io/rev']).toBe('default')
    expect(await newPodGets()).toBe('1-31-0')
  })

  test('list names tags, revisions and namespaces; refusals are the real ones', async () => {
    await cluster('tag')
    seedTag(server, 'prod-stable', 'default')
    seedNamespace(server, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable' } })
    const { out } = await run('1.31.0', 'tag', 'list', '-o', 'json')
    expect(JSON.parse(out)).toEqual([
      { tag: 'default', revision: 'default', namespaces: [] },
      { tag: 'prod-stable', revision: 'default', namespaces: ['pay'] },
    ])
    const unknown = await run('1.31.0', 'tag', 'set', 'default', '--revision', 'nope', '-y')
    expect([unknown.code, unknown.err]).toEqual([
      1,
      'Error: cannot modify tag: cannot find MutatingWebhookConfiguration or Service with revision "nope"\n',
    ])
    const exists = await run('1.31.0', 'tag', 'set', 'prod-stable', '--revision', 'default', '-y')
    expect(exists.err).toBe('Error: revision tag "prod-stable" already exists, and --overwrite is false\n')
  })
})

describe('uninstall', () => {
  test('removes one revision, pods included, and nothing of the other', async () => {
    await cluster('tag')
    await installNew()
    const { code, out, err } = await run('1.31.0', 'uninstall', '--revision', '1-31-0', '-y')
    expect([code, err]).toEqual([0, '\n✔ Uninstall complete\n'])
    expect(out).toContain('  Removed apps/v1, Kind=Deployment/istiod-1-31-0.istio-system.')
    expect(server.list('v1', 'Pod', 'istio-system').map((pod) => pod.metadata.labels?.['istio.io/rev'])).toEqual([
      'default',
      'default',
    ])
    expect(injector('istio-sidecar-injector-1-31-0')).toBeUndefined()
    expect(await newPodGets()).toBe('default')
  })

  test('takes a default tag that points at the revision along (Seen 7)', async () => {
    await cluster('tag')
    await installNew()
    await run('1.31.0', 'tag', 'set', 'default', '--revision', '1-31-0', '--overwrite', '-y')
    expect(await newPodGets()).toBe('1-31-0')
    await run('1.31.0', 'uninstall', '--revision', '1-31-0', '-y')
    expect(injector('istio-revision-tag-default')).toBeUndefined()
    expect(await newPodGets()).toBe('none')
  })

  test('leaves what Helm made, and says it is done (Seen 17)', async () => {
    await cluster('helm')
    const { code, out, err } = await run('1.31.0', 'uninstall', '--revision', 'default', '-y')
    expect([code, out.trim(), err]).toEqual([
      0,
      'No resources will be pruned from the cluster. Please double check the input configs',
      '\n✔ Uninstall complete\n',
    ])
    expect(await newPodGets()).toBe('default')
  })

  test('by file it removes every revision (Seen 8)', async () => {
    await cluster('tag')
    await installNew()
    await run('1.31.0', 'uninstall', '-f', join(dir, 'operator.yaml'), '-y')
    expect(server.list('apps/v1', 'Deployment', 'istio-system')).toEqual([])
  })
})

describe('what needs no cluster', () => {
  test('version, manifest generate, precheck, an unknown command', async () => {
    await cluster('tag')
    expect((await run('1.31.0', 'version', '--remote=false')).out).toBe('client version: 1.31.0\n')
    const json = await run('1.30.0', 'version', '--remote=false', '-o', 'json')
    expect(JSON.parse(json.out)).toMatchObject({ clientVersion: { version: '1.30.0', tag: '1.30.0' } })
    const manifest = await run(
      '1.31.0',
      'manifest',
      'generate',
      '-f',
      join(dir, 'operator.yaml'),
      '--revision',
      '1-31-0',
    )
    const objects = parseAllDocuments(manifest.out).map((document) => document.toJS() as KubeObject)
    const deployment = objects.find((one) => one.kind === 'Deployment')
    expect(textAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'image')).toBe(
      'docker.io/istio/pilot:1.31.0',
    )
    expect(objects.filter((one) => one.kind === 'PodDisruptionBudget')).toHaveLength(1)
    expect((await run('1.31.0', 'x', 'precheck')).code).toBe(0)
    expect((await run('1.31.0', 'bogus')).code).toBe(64)
  })
})
