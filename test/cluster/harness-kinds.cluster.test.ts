import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { build } from './harness/build.ts'
import { installByHelm, installByIstioctl, installGatewayApi } from './harness/installs.ts'
import { isAlive } from './harness/lock.ts'
import { startMesh } from './harness/mesh.ts'
import type { Mesh } from './harness/mesh.ts'
import type { Pod } from './harness/pod-types.ts'
import { istioctlOf } from './harness/programs.ts'
import { connectProxies } from './harness/proxies.ts'
import { runCommand } from './harness/run-command.ts'
import { sidecarOf } from './harness/sidecar.ts'

let mesh: Mesh

beforeAll(async () => {
  mesh = await startMesh({ nodes: [{ name: 'old-node', kubelet: 'v1.31.0' }] })
  await installByHelm(mesh, '1.30.0')
  await mesh.makeNamespace('payments', { 'istio-injection': 'enabled' })
})
afterAll(() => mesh?.stop())

describe('a cluster as Helm leaves it', () => {
  test('has a live injector, no tag object, and a release Secret', async () => {
    const objects = await mesh.objects('mutatingwebhookconfigurations')
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['istio-sidecar-injector'])
    const secrets = await mesh.objects('secrets', 'istio-system')
    expect(secrets.map(({ metadata }) => metadata.name)).toContain('sh.helm.release.v1.istiod.v1')
  })

  test('an old kubelet gets an ordinary sidecar, a new one a native sidecar', async () => {
    const kind = async () => sidecarOf((await mesh.dryRunPod('payments')).body as Pod)?.kind
    expect(await kind()).toBe('ordinary')
    await mesh.setNode({ name: 'old-node', kubelet: 'v1.34.4' })
    await mesh.waitFor('native sidecars', async () => (await kind()) === 'native')
  })

  test('connected proxies are in the metrics of their istiod, read through the API server', async () => {
    const proxies = [1, 2, 3].map((n) => ({
      address: `10.9.9.${n}`,
      name: `p${n}`,
      namespace: 'payments',
      version: '1.29.0',
    }))
    const istiods = await mesh.objects<Pod>('pods', 'istio-system')
    const istiod = istiods.find(({ metadata }) => metadata.labels?.['app'] === 'istiod')
    const path = `/api/v1/namespaces/istio-system/pods/${istiod?.metadata.name ?? ''}:15014/proxy/metrics`
    const counted = async () =>
      /pilot_xds\{version="1\.29\.0"\} (\d+)/.exec((await mesh.api.ask('GET', path)).text)?.[1] ?? '0'
    expect(await counted()).toBe('0')
    const close = await connectProxies(mesh, 'default', proxies)
    try {
      await mesh.waitFor('three to be counted', async () => (await counted()) === '3')
    } finally {
      await close()
    }
    await mesh.waitFor('fewer to be left', async () => (await counted()) !== '3')
    expect(Number(await counted())).toBeLessThan(3)
  })

  test('a Gateway of the Gateway API gets its Deployment from istiod', async () => {
    await installGatewayApi(mesh)
    await mesh.killIstiod('default', false)
    const listeners = [{ name: 'http', port: 80, protocol: 'HTTP' }]
    const metadata = { name: 'shop', namespace: 'payments' }
    const gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata,
      spec: { gatewayClassName: 'istio', listeners },
    }
    await mesh.waitFor('the kind to be served', async () =>
      mesh.apply(gateway).then(
        () => true,
        () => false,
      ),
    )
    const made = await mesh.waitFor('its Deployment', () => mesh.object('deployments', 'shop-istio', 'payments'))
    expect(made.metadata.ownerReferences).toMatchObject([{ kind: 'Gateway', name: 'shop' }])
  })

  test('a quota refuses pods, a version that nobody built is never pulled', async () => {
    if (!(await mesh.object('namespaces', 'tight'))) await mesh.makeNamespace('tight', { 'istio-injection': 'enabled' })
    await mesh.applyQuota('tight', { 'requests.cpu': '100m' })
    // The istiod that was killed above may not answer again yet: then creation fails at the webhook, before the quota.
    await mesh.waitFor('the quota to refuse', async () => (await mesh.dryRunPod('tight')).status === 403)
    await mesh.istioctl('1.31.0', [
      'install',
      '--set',
      'profile=minimal',
      '--set',
      'tag=9.9.9',
      '--revision',
      'odd',
      '-y',
      '--readiness-timeout',
      '1s',
    ])
    const pods = await mesh.objects<Pod>('pods', 'istio-system')
    expect(JSON.stringify(pods.map(({ status }) => status))).toContain('ImagePullBackOff')
  })
})

describe('beside it', () => {
  test('a second mesh runs in the same namespace, with other addresses', async () => {
    const other = await startMesh()
    await installByIstioctl(other, '1.31.0', '1-31-0')
    expect(other.plane.servers).not.toEqual(mesh.plane.servers)
    const names = (await other.objects('mutatingwebhookconfigurations')).map(({ metadata }) => metadata.name)
    expect(names).toContain('istio-sidecar-injector-1-31-0')
    await other.stop()
    expect(await mesh.dryRunPod('payments')).toMatchObject({ status: 201 })
  })

  test('another version is a further link of the same source', async () => {
    await build([istioctlOf('1.11.8')], () => undefined)
    const { dir, sha256 } = await mesh.istioctlConfig(['1.11.8', '1.30.0'])
    const { stdout } = await runCommand(join(dir, 'istioctl-1.11.8'), ['version', '--remote=false'])
    expect(stdout).toContain('1.11.8')
    expect(sha256['1.11.8']).toMatch(/^[0-9a-f]{64}$/)
    expect(sha256['1.11.8']).not.toBe(sha256['1.30.0'])
  })

  test('what a killed process had started dies with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'meshferry-orphan-'))
    const pidFile = join(folder, 'pid')
    const script = `
      const { startProc } = await import(${JSON.stringify(join(import.meta.dirname, 'harness', 'proc.ts'))})
      const { writeFileSync } = await import('node:fs')
      const proc = startProc({ name: 'sleeper', argv: ['sleep', '600'], log: ${JSON.stringify(join(folder, 'log'))} })
      writeFileSync(${JSON.stringify(pidFile)}, String(proc.pid))
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script])
    const read = () => Number(readFileSync(pidFile, 'utf8')) || null
    const pid = await mesh.waitFor('the child', async () => {
      try {
        return read()
      } catch {
        return null
      }
    })
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await mesh.waitFor('the child to die', async () => !isAlive(pid))
    rmSync(folder, { recursive: true })
  })
})
