import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { installByIstioctl, setTag } from './harness/installs.ts'
import { startMesh } from './harness/mesh.ts'
import type { Mesh } from './harness/mesh.ts'
import type { KubeObject } from './harness/kube-api.ts'
import { startProbeLoop } from './harness/probe-loop.ts'
import type { Pod } from './harness/pod-types.ts'
import { sidecarOf } from './harness/sidecar.ts'
import { deployTenants, probeClasses, sidecarsOf, tenants, TENANTS_SELECTOR } from './harness/tenants.ts'

const ALL = tenants('default')
let mesh: Mesh

beforeAll(async () => {
  mesh = await startMesh({ apiServers: 2 })
})
afterAll(() => mesh?.stop())

async function injectedInto(namespace: string, server?: number) {
  const { status, body } = await mesh.dryRunPod(namespace, {}, server)
  expect(status).toBe(201)
  return sidecarOf(body as Pod)
}

describe('a real control plane', () => {
  test('has two API servers behind the Service kubernetes', async () => {
    const known = async () => {
      const slices = await mesh.objects<KubeObject & { endpoints: { addresses: string[] }[] }>(
        'endpointslices',
        'default',
      )
      const addresses = slices.flatMap(({ endpoints }) => endpoints.flatMap((one) => one.addresses))
      return addresses.map((address) => `https://${address}:6443`).sort()
    }
    // Each server adds itself, some moments after it began to answer.
    await mesh.waitFor('both to be there', async () => (await known()).length === mesh.plane.servers.length)
    expect(await known()).toEqual([...mesh.plane.servers].sort())
  })

  test('says the Kubernetes version that its pins name', async () => {
    expect(await mesh.api.need('GET', '/version')).toMatchObject({ gitVersion: 'v1.34.4', minor: '34' })
  })

  test('injects new pods once istioctl has installed', async () => {
    await installByIstioctl(mesh, '1.30.0')
    await setTag(mesh, '1.30.0', 'prod-stable', 'default')
    expect(await deployTenants(mesh, ALL)).toBeGreaterThanOrEqual(16)
    expect(await injectedInto('payments')).toMatchObject({
      revision: 'default',
      version: '1.30.0',
      kind: 'native',
      count: 1,
    })
    const running = await sidecarsOf(mesh)
    expect(running['catalog/indexer-0']).toBe('default')
    expect(running['outside/database-0']).toBe('none')
  })

  test('a second revision takes over by a tag, seen through both API servers, and no tenant pod is touched', async () => {
    const loop = startProbeLoop(mesh, probeClasses(ALL))
    const before = await mesh.uids(TENANTS_SELECTOR)
    await loop.round()
    const from = Date.now()
    await installByIstioctl(mesh, '1.31.0', '1-31-0')
    await setTag(mesh, '1.31.0', 'default', '1-31-0')
    await loop.round()
    const verdict = await loop.verdict({ from, to: Date.now() })
    await loop.stop()
    expect(verdict.faults).toEqual([])
    expect(verdict.revisions['payments/api']).toEqual(['default', '1-31-0'])
    expect(verdict.revisions['orders/web']).toEqual(['default'])
    for (const server of [0, 1]) expect(await injectedInto('payments', server)).toMatchObject({ revision: '1-31-0' })
    expect(await mesh.uids(TENANTS_SELECTOR)).toMatchObject(before)
  })

  test('a tag removed is a gap that the probes see', async () => {
    const loop = startProbeLoop(mesh, probeClasses(ALL))
    const from = Date.now()
    await mesh.istioctl('1.31.0', ['tag', 'remove', 'default', '-y'])
    await loop.round()
    const { faults } = await loop.verdict({ from, to: Date.now() })
    await setTag(mesh, '1.31.0', 'default', '1-31-0')
    await loop.stop()
    expect(faults.join('\n')).toMatch(/payments\/api: \d+ × a new pod got no sidecar/)
  })

  test('an object that a second injector also serves is seen as a double', async () => {
    const tag = await mesh.object('mutatingwebhookconfigurations', 'istio-revision-tag-default')
    if (tag === null) throw new Error('no default tag')
    const copy = { apiVersion: tag.apiVersion, kind: tag.kind, metadata: { name: 'copy' }, webhooks: tag['webhooks'] }
    await mesh.api.need('POST', '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', copy)
    const loop = startProbeLoop(mesh, probeClasses(ALL))
    const from = Date.now()
    const faults = async () => (await loop.verdict({ from, to: Date.now() })).faults.join('\n')
    await mesh.waitFor('a fault', async () => (await faults()) !== '' && (await loop.round(), true))
    expect(await faults()).toMatch(/payments\/api: \d+ × a new pod was changed by two injectors/)
    await mesh.api.need('DELETE', '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/copy')
    await loop.stop()
  })

  test('a broken revision never becomes ready, a killed istiod comes back', async () => {
    mesh.breakRevision('1-31-0', true)
    expect(await mesh.killIstiod('1-31-0', false)).toBe(1)
    const ready = async () => {
      const pods = await mesh.objects<Pod>('pods', 'istio-system')
      const istiod = pods.find(({ metadata }) => metadata.labels?.['istio.io/rev'] === '1-31-0')
      return istiod?.status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'
    }
    await mesh.waitFor('the istiod to be unready', async () => !(await ready()))
    mesh.breakRevision('1-31-0', false)
    await mesh.waitFor('the istiod to be ready again', ready)
  })

  test('a stopped API server comes back, and a foreign writer is named by its manager', async () => {
    await mesh.stopApiServer(1)
    await expect(mesh.dryRunPod('payments', {}, 1)).rejects.toThrow()
    await mesh.startApiServer(1)
    const saved = await mesh.object('mutatingwebhookconfigurations', 'istio-revision-tag-default')
    if (saved === null) throw new Error('no default tag')
    await setTag(mesh, '1.31.0', 'default', 'default')
    expect(await mesh.putBack(saved)).toBe(true)
    const now = await mesh.object('mutatingwebhookconfigurations', 'istio-revision-tag-default')
    expect(now?.metadata.managedFields?.map(({ manager }) => manager)).toContain('argocd-controller')
    await mesh.waitFor(
      'the old revision to be back',
      async () => (await injectedInto('payments'))?.revision === '1-31-0',
    )
  })

  test('a narrow account is held to its rules', async () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }]
    const kubeconfig = await mesh.kubeconfigFor({ namespace: 'meshferry', serviceAccount: 'reader' }, rules)
    expect((await mesh.kubectl(['get', 'pods', '-A', '--kubeconfig', kubeconfig])).code).toBe(0)
    expect((await mesh.kubectl(['get', 'secrets', '-A', '--kubeconfig', kubeconfig])).stderr).toContain('forbidden')
    const person = await mesh.kubeconfigFor({ user: 'lee' }, [])
    expect((await mesh.kubectl(['get', 'pods', '-A', '--kubeconfig', person])).stderr).toContain(
      'User "lee" cannot list',
    )
  })
})
