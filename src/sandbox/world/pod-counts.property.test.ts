import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { sidecarOf } from '../kube-server/seed/sidecar-of.ts'
import { newPodCounts } from './pod-counts.ts'
import { factsOf, sidecarIn, versionIn } from './pod-facts.ts'

type Drawn = {
  readonly uid: string
  readonly namespace: string
  readonly phase: string
  readonly ready: boolean
  readonly sidecar: string
  readonly gone: boolean
}

const drawn = fc.record({
  uid: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  namespace: fc.constantFrom('payments', 'search', 'istio-system'),
  phase: fc.constantFrom('Pending', 'Running', 'Running', 'Succeeded'),
  ready: fc.boolean(),
  sidecar: fc.constantFrom('', '1.30.0', '1.31.0'),
  gone: fc.boolean(),
})

function podOf({ uid, namespace, phase, ready, sidecar }: Drawn): KubeObject {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: uid, uid: `${namespace}-${uid}`, namespace, labels: { app: 'api' } },
    spec: { containers: [{ name: 'app', image: 'x:1' }] },
    status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  }
  const revision = sidecar === '1.30.0' ? 'default' : '1-31-0'
  return sidecar === '' ? pod : sidecarOf(revision, sidecar, true)(pod)
}

test('whatever happens to pods, the counts are those of counting anew', () => {
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 60 }), (acts) => {
      const tenants = new Set(['payments', 'search'])
      const counts = newPodCounts([], tenants, () => false)
      const live = new Map<string, KubeObject>()
      for (const act of acts) {
        const object = podOf(act)
        const uid = object.metadata.uid ?? ''
        const type = act.gone ? 'DELETED' : 'MODIFIED'
        counts.note({ type, version: 1, resource: 'pods', object, before: undefined })
        if (act.gone) live.delete(uid)
        else live.set(uid, object)
      }
      const counted = [...live.values()]
        .flatMap((pod) => factsOf(pod) ?? [])
        .filter(({ namespace }) => tenants.has(namespace))
      const facts = counted.filter(({ running }) => running)
      const number = (wanted: (one: (typeof facts)[number]) => boolean): number => facts.filter(wanted).length
      const byVersion = counts.byVersion()
      for (const version of ['none', '1.30.0', '1.31.0']) {
        expect(byVersion[version] ?? 0).toBe(number(({ sidecar }) => (sidecar?.version ?? 'none') === version))
      }
      expect(counts.proxies('1-31-0')).toBe(counted.filter(({ sidecar }) => sidecar?.revision === '1-31-0').length)
      const payments = facts.filter(({ namespace, ready }) => namespace === 'payments' && ready)
      expect(counts.workload('payments/api')).toMatchObject({
        ready: payments.length,
        bare: payments.filter(({ sidecar }) => sidecar === null).length,
      })
      expect(Object.values(counts.byNamespace('search')).reduce((sum, pods) => sum + pods, 0)).toBe(
        number(({ namespace }) => namespace === 'search'),
      )
    }),
  )
})

test('a pod that has ended while its sidecar stays connected is in no count but that of its istiod', () => {
  const counts = newPodCounts([], new Set(['payments']), () => false)
  const pod = { uid: 'a', namespace: 'payments', phase: 'Succeeded', sidecar: '1.30.0', gone: false }
  const note = (ready: boolean): void =>
    counts.note({ type: 'MODIFIED', version: 1, resource: 'pods', object: podOf({ ...pod, ready }), before: undefined })
  note(true)
  expect(counts.byVersion()).toEqual({})
  expect(counts.workload('payments/api').ready).toBe(0)
  expect(counts.proxies('default')).toBe(1)
  note(false)
  expect(counts.proxies('default')).toBe(0)
})

test.each([
  ['docker.io/istio/proxyv2:1.30.0', '1.30.0'],
  ['registry:5000/istio/proxyv2:v1.31.0-distroless', '1.31.0'],
  ['docker.io/istio/proxyv2:1.31.0@sha256:abc', '1.31.0'],
  ['docker.io/istio/proxyv2@sha256:abc', 'unknown'],
])('the version in %s is %s', (image, version) => {
  expect(versionIn(image)).toBe(version)
})

test('a pod that only wants a sidecar has none', () => {
  const pod = podOf({ uid: 'a', namespace: 'payments', phase: 'Running', ready: true, sidecar: '', gone: false })
  const asks = { ...pod, metadata: { ...pod.metadata, labels: { 'istio.io/rev': '1-31-0' } } }
  expect(sidecarIn(asks)).toBeNull()
})
