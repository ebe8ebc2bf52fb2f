import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { newCalendar } from '../clock/calendar.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { isJsonObject, listAt, objectAt } from '../kube-server/kube-object.ts'
import { adminRules } from '../kube-server/access.ts'
import { seedIstio } from '../kube-server/seed/seed-istio.ts'
import { sidecarOf } from '../kube-server/seed/sidecar-of.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { startKubeServer } from '../kube-server/server.ts'
import { restarted } from './redeploy.ts'
import { planWorld } from './plan-world.ts'
import { seedWorld } from './seed-world.ts'
import type { MeshWatch } from './watch-mesh.ts'
import { watchMesh } from './watch-mesh.ts'

const ISTIO = 'istio-system'
const START = Date.parse('2026-11-30T10:00:00Z')
const US = 'system:serviceaccount:meshferry:worker'
const plan = planWorld(7, { teams: 5, pods: 260 })
const machine = { now: 0 }
const calendar = newCalendar(START, () => machine.now)
let kube: KubeServer
let mesh: MeshWatch

beforeEach(async () => {
  kube = await startKubeServer({ now: calendar.now, users: [{ token: 'ours', name: US, rules: adminRules }] })
  seedWorld(kube, plan, { version: '1.30.0', prodStable: 'default' })
  mesh = watchMesh(kube, plan, calendar, US)
  await mesh.settled()
})
afterEach(async () => {
  mesh.stop()
  await kube.close()
})

const podsOf = (namespace: string): readonly KubeObject[] => kube.list('v1', 'Pod', namespace)
const gets = () => Object.fromEntries(mesh.view().newPods.map((one) => [one.class, [one.gets, one.ok]]))

test('sees the company as it was seeded', () => {
  const view = mesh.view()
  expect(Object.values(view.byVersion).reduce((sum, pods) => sum + pods, 0)).toBe(260)
  expect(view.byVersion['1.30.0']).toBe(260)
  expect(view.controlPlanes).toEqual([{ revision: 'default', version: '1.30.0', ready: 2, wanted: 2, proxies: 260 }])
  expect(view.teams.map(({ name }) => name)).toEqual([...plan.teams.map(({ name }) => name), 'unowned'])
  expect(view.teams.reduce((sum, { pods }) => sum + pods, 0)).toBe(260)
  expect(view).toMatchObject({ restartedByUs: 0, replacedByTeams: 0, traffic: { errorsPerSecond: 0, errorsInAll: 0 } })
  expect(mesh.shopHealth()).toBe(200)
})

describe('what new pods get is asked anew', () => {
  test('when the webhook goes over to another control plane', async () => {
    expect(gets()).toEqual({
      'istio-injection=enabled': ['1.30.0', true],
      'istio.io/rev=prod-stable': ['1.30.0', true],
    })
    seedIstio(kube, { version: '1.31.0', revision: '1-31-0', era: 'tag' })
    await mesh.settled()
    expect(gets()).toMatchObject({ 'istio-injection=enabled': ['1.31.0', true] })
    expect(mesh.view().controlPlanes.map(({ revision }) => revision)).toEqual(['default', '1-31-0'])
  })

  test('when nobody injects any more: a gap is named as the API server names it', async () => {
    kube.remove('discovery.k8s.io/v1', 'EndpointSlice', sliceOfIstiod(), 'istio-system')
    for (const pod of podsOf('istio-system')) kube.remove('v1', 'Pod', pod.metadata.name, 'istio-system')
    await mesh.settled()
    const [words, ok] = gets()['istio-injection=enabled'] ?? []
    expect(words).toContain('no endpoints available for service "istiod')
    expect(ok).toBe(false)
  })

  test('when the injector no longer matches: no sidecar is no success where there should be one', async () => {
    const name = 'istio-revision-tag-default'
    kube.remove('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', name)
    await mesh.settled()
    expect(gets()['istio-injection=enabled']).toEqual(['none', false])
  })
})

test('when one namespace of a class gets something else, it is named', async () => {
  const webhook = kube
    .list('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration')
    .find(({ metadata }) => metadata.name === 'istio-revision-tag-default')
  if (!webhook) throw new Error('there is no default webhook')
  const not = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['search'] }
  const webhooks = listAt(webhook, 'webhooks').map((one) => {
    const expressions = listAt(one, 'namespaceSelector', 'matchExpressions')
    return { ...(one as object), namespaceSelector: { matchExpressions: [...expressions, not] } }
  })
  kube.put({ ...webhook, webhooks })
  await mesh.settled()
  const enabled = mesh.view().newPods.find((one) => one.class === 'istio-injection=enabled')
  expect(enabled).toMatchObject({ gets: '1.30.0', differing: [{ namespace: 'search', gets: 'none' }], ok: false })
})

test('counts each pod that a rollout of its team replaces, and what we do apart', async () => {
  const [first, second, third] = podsOf('payments').filter((pod) => ownerOf(pod)?.kind === 'ReplicaSet')
  if (!first || !second || !third) throw new Error('payments has no pods')
  const replacement = sidecarOf('1-31-0', '1.31.0', true)(withoutSidecar(first))
  rollOn(first)
  kube.remove('v1', 'Pod', first.metadata.name, 'payments')
  kube.put({ ...replacement, metadata: { ...replacement.metadata, name: 'next' }, status: first['status'] })
  expect(mesh.view()).toMatchObject({ byVersion: { '1.30.0': 259, '1.31.0': 1 }, replacedByTeams: 1, restartedByUs: 0 })

  const path = `${kube.url}/api/v1/namespaces/payments/pods/${second.metadata.name}`
  for (const query of ['?dryRun=All', '']) {
    const answer = await fetch(`${path}${query}`, { method: 'DELETE', headers: { authorization: 'Bearer ours' } })
    expect(answer.status).toBe(200)
  }
  expect(mesh.view()).toMatchObject({ byVersion: { '1.30.0': 258 }, restartedByUs: 1 })
})

test('fewer replicas and a drain replace nobody', () => {
  for (const kind of ['ReplicaSet', 'StatefulSet']) {
    const pod = kube.list('v1', 'Pod').find((one) => ownerOf(one)?.kind === kind && one.metadata.namespace !== ISTIO)
    if (!pod) throw new Error(`there is no pod of a ${kind}`)
    kube.remove('v1', 'Pod', pod.metadata.name, pod.metadata.namespace)
  }
  expect(mesh.view().replacedByTeams).toBe(0)
})

test('a pod of an older template of its StatefulSet is replaced by its team', () => {
  const workload = kube.list('apps/v1', 'StatefulSet').find(({ metadata }) => metadata.namespace !== ISTIO)
  const pod = kube.owned(workload?.metadata.uid ?? '').find((one) => one.kind === 'Pod')
  if (!workload || !pod) throw new Error('there is no StatefulSet with pods')
  const template = restarted(objectAt(workload, 'spec', 'template'), calendar.now())
  kube.put({ ...workload, spec: { ...objectAt(workload, 'spec'), template } })
  kube.remove('v1', 'Pod', pod.metadata.name, pod.metadata.namespace)
  expect(mesh.view().replacedByTeams).toBe(1)
})

test('errors are summed up over the time they last, and the shop is down meanwhile', () => {
  const own = podsOf('payments').filter(({ metadata }) => metadata.labels?.['app'] === 'payments-api')
  const put = (ready: boolean): void => {
    for (const { metadata } of own) {
      const live = kube.get('v1', 'Pod', metadata.name, 'payments')
      if (live) kube.put({ ...live, status: readiness(live, ready) })
    }
  }
  put(false)
  expect(mesh.shopHealth()).toBe(503)
  const { errorsPerSecond } = mesh.view().traffic
  expect(errorsPerSecond).toBeGreaterThan(0)
  machine.now += 10_000
  put(true)
  expect(mesh.shopHealth()).toBe(200)
  machine.now += 10_000
  const { traffic } = mesh.view()
  expect(traffic.errorsPerSecond).toBe(0)
  expect(traffic.errorsInAll / (10 * errorsPerSecond)).toBeCloseTo(1, 1)
})

test('the curve follows the calendar and ends with now', () => {
  mesh.view()
  machine.now += 60_000
  const [pod] = podsOf('payments')
  kube.remove('v1', 'Pod', pod?.metadata.name ?? '', 'payments')
  const { curve } = mesh.view()
  expect(curve.map(({ at, byVersion }) => [at, byVersion['1.30.0']])).toEqual([
    [calendar.now() - 60_000, 260],
    [calendar.now(), 259],
  ])
})

test('a view costs little', () => {
  const began = performance.now()
  for (let look = 0; look < 100; look += 1) mesh.view()
  expect((performance.now() - began) / 100).toBeLessThan(20)
})

function ownerOf(pod: KubeObject) {
  return pod.metadata.ownerReferences?.find(({ controller }) => controller === true)
}

/** Another ReplicaSet of the pod's Deployment, as a rollout makes it. */
function rollOn(pod: KubeObject): void {
  const set = kube.get('apps/v1', 'ReplicaSet', ownerOf(pod)?.name ?? '', pod.metadata.namespace ?? '')
  if (!set) throw new Error('the pod has no ReplicaSet')
  const { uid: _uid, resourceVersion: _version, ...metadata } = set.metadata
  const annotations = { ...metadata.annotations, 'deployment.kubernetes.io/revision': '2' }
  kube.put({ ...set, metadata: { ...metadata, name: `${metadata.name}-2`, annotations } })
}

function sliceOfIstiod(): string {
  return kube.list('discovery.k8s.io/v1', 'EndpointSlice', 'istio-system')[0]?.metadata.name ?? ''
}

function withoutSidecar(pod: KubeObject): KubeObject {
  const {
    uid: _uid,
    resourceVersion: _version,
    managedFields: _managed,
    annotations: _sidecar,
    ...metadata
  } = pod.metadata
  return { ...pod, metadata, spec: { containers: [{ name: 'app', image: 'registry.example.com/x:2.0.0' }] } }
}

function readiness(pod: KubeObject, ready: boolean): unknown {
  const conditions = listAt(pod, 'status', 'conditions').map((one) => {
    return isJsonObject(one) && one['type'] === 'Ready' ? { ...one, status: ready ? 'True' : 'False' } : one
  })
  return { ...objectAt(pod, 'status'), conditions }
}
