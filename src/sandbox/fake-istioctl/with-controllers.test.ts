import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import type { Controllers } from '../kube-server/controllers/start-controllers.ts'
import { startControllers } from '../kube-server/controllers/start-controllers.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, valueAt } from '../kube-server/kube-object.ts'
import { seedNamespace, seedNodes } from '../kube-server/seed/seed-cluster.ts'
import { seedIstio } from '../kube-server/seed/seed-istio.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { startKubeServer } from '../kube-server/server.ts'
import type { FakeIstioctl } from './install-fake-istioctl.ts'
import { installFakeIstioctl } from './install-fake-istioctl.ts'

jest.setTimeout(60_000)

let dir = ''
let kube: KubeServer
let controllers: Controllers
let tool: FakeIstioctl | undefined

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fake-istioctl-'))
  tool = installFakeIstioctl(dir, ['1.31.0'])['1.31.0']
  tool?.behave({ delayMs: 0 })
  kube = await startKubeServer()
  seedNodes(kube, ['v1.34.4', 'v1.34.4'])
  seedIstio(kube, { version: '1.30.0', era: 'tag' })
  seedNamespace(kube, { name: 'shop', labels: { 'istio-injection': 'enabled' } })
  kube.writeKubeconfig(join(dir, 'kubeconfig'))
  const values = 'values: { pilot: { autoscaleMin: 2 } }'
  writeFileSync(
    join(dir, 'operator.yaml'),
    `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: { profile: minimal, ${values} }\n`,
  )
  controllers = startControllers(kube, { calendar: Date.now, readyMs: () => 100 })
  await controllers.settled()
})
afterEach(async () => {
  controllers.stop()
  await kube.close()
  rmSync(dir, { recursive: true })
})

const ofNew = (kind: string, apiVersion = 'v1'): readonly KubeObject[] =>
  kube.list(apiVersion, kind, 'istio-system').filter((object) => object.metadata.name.includes('1-31-0'))

function run(...args: string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(tool?.path ?? '', ['-c', join(dir, 'kubeconfig'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => (out += String(chunk)))
  child.stderr?.on('data', (chunk) => (err += String(chunk)))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

const install = (...more: string[]) =>
  run('install', '-f', join(dir, 'operator.yaml'), '--revision', '1-31-0', '-y', ...more)

test('leaves pods to the controllers, waits for them, and its uninstall leaves the rest to them too', async () => {
  const installed = await install()
  expect([installed.code, installed.err]).toEqual([0, expect.stringContaining('✔ Installation complete')])
  const [deployment] = ofNew('Deployment', 'apps/v1')
  expect(valueAt(deployment, 'status', 'readyReplicas')).toBeGreaterThanOrEqual(1)
  await controllers.settled()
  const pods = ofNew('Pod')
  expect(pods).toHaveLength(2)
  for (const pod of pods) {
    expect(pod.metadata.ownerReferences).toMatchObject([
      { kind: 'ReplicaSet', uid: ofNew('ReplicaSet', 'apps/v1')[0]?.metadata.uid },
    ])
  }
  const [slice] = ofNew('EndpointSlice', 'discovery.k8s.io/v1')
  expect(listAt(slice, 'endpoints').map((one) => valueAt(one, 'conditions', 'ready'))).toEqual([true, true])
  expect(kube.log.filter((one) => one.method === 'POST' && one.url.includes('/pods'))).toEqual([])

  expect((await run('uninstall', '--revision', '1-31-0', '-y')).code).toBe(0)
  await controllers.settled()
  const left = [
    ...ofNew('Deployment', 'apps/v1'),
    ...ofNew('ReplicaSet', 'apps/v1'),
    ...ofNew('Pod'),
    ...ofNew('EndpointSlice', 'discovery.k8s.io/v1'),
  ]
  expect(left).toEqual([])
  expect(kube.list('v1', 'Pod', 'istio-system').length).toBeGreaterThan(0)
})

test('one that never becomes ready times out with its objects left; the next try rolls it right', async () => {
  tool?.behave({ delayMs: 0, neverReady: true })
  const failed = await install('--readiness-timeout', '1s')
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining('resources not ready after 1s')])
  await controllers.settled()
  expect(ofNew('Pod').length).toBeGreaterThan(0)
  tool?.behave({ delayMs: 0 })
  expect((await install()).code).toBe(0)
  await controllers.settled()
  expect(valueAt(ofNew('Deployment', 'apps/v1')[0], 'status', 'readyReplicas')).toBe(2)
})

test('proxy-status names the proxies of the default revision only; a purge leaves nothing that istioctl made', async () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
  kube.put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template },
  })
  await controllers.settled()
  const listed = await run('proxy-status')
  expect(listed.out).toMatch(
    /^NAME +CLUSTER +ISTIOD +VERSION +SUBSCRIBED TYPES\nweb-\S+\.shop +Kubernetes +istiod-\S+ +1\.30\.0 +4 /,
  )
  const other = await run('proxy-status', '--revision', '1-31-0')
  expect([other.code, other.err]).toEqual([1, 'Error: no running Istio pods in "istio-system"\n'])
  expect((await install()).code).toBe(0)
  expect((await run('uninstall', '--purge', '-y')).code).toBe(0)
  await controllers.settled()
  expect(kube.list('v1', 'Pod', 'istio-system')).toEqual([])
  const made = kube.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition')
  expect(made.filter((one) => one.metadata.labels?.['operator.istio.io/component'] === 'Base')).toEqual([])
})
