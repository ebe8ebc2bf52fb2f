import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, objectAt, textAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { startKubeServer } from '../kube-server/server.ts'
import { planWorld } from './plan-world.ts'
import { seedWorld } from './seed-world.ts'

const START = Date.parse('2026-11-30T10:00:00Z')
const plan = planWorld(7, { teams: 40, pods: 900 })
let kube: KubeServer

beforeAll(async () => {
  kube = await startKubeServer({ now: () => START })
  seedWorld(kube, plan, { version: '1.30.0', prodStable: 'default' })
})
afterAll(() => kube.close())

const tenants = new Set(plan.namespaces.map(({ name }) => name))
const pods = (): KubeObject[] => kube.list('v1', 'Pod').filter(({ metadata }) => tenants.has(metadata.namespace ?? ''))
const isRunning = (pod: KubeObject): boolean => textAt(pod, 'status', 'phase') === 'Running'

test('the pods run that the plan has, each on one of the nodes, and not all on one', () => {
  const running = pods().filter(isRunning)
  expect(running).toHaveLength(900)
  const byNode = Map.groupBy(running, (pod) => textAt(pod, 'spec', 'nodeName'))
  expect(new Set(byNode.keys())).toEqual(new Set(plan.nodes))
  expect(Math.max(...[...byNode.values()].map((on) => on.length))).toBeLessThan(110)
})

test('each pod leads to its workload by owners that exist, and every one is days old', () => {
  const uids = new Map(
    [
      'apps/v1 ReplicaSet',
      'apps/v1 Deployment',
      'apps/v1 StatefulSet',
      'apps/v1 DaemonSet',
      'batch/v1 Job',
      'batch/v1 CronJob',
    ]
      .flatMap((one) => kube.list(...(one.split(' ') as [string, string])))
      .map((object) => [object.metadata.uid, object]),
  )
  const topOf = (object: KubeObject): string => {
    const owner = object.metadata.ownerReferences?.[0]
    const found = owner && uids.get(owner.uid)
    if (owner && !found) return `nobody of ${owner.kind} ${owner.name}`
    return found ? topOf(found) : `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`
  }
  const tops = new Set(pods().map(topOf))
  const planned = plan.workloads.filter(({ kind, replicas }) => replicas > 0 || kind === 'CronJob' || kind === 'Job')
  expect(tops).toEqual(new Set(planned.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)))
  const young = pods().filter(
    (pod) => isRunning(pod) && Date.parse(pod.metadata.creationTimestamp ?? '') > START - 86_000_000,
  )
  expect(young).toEqual([])
})

test('the old sidecar is in every pod of the injected namespaces, in the one with a revision of its own, and in no other', () => {
  const bare = pods().filter((pod) => pod.metadata.annotations?.['sidecar.istio.io/status'] === undefined)
  expect(new Set(bare.map(({ metadata }) => metadata.namespace))).toEqual(
    new Set(plan.namespaces.filter((one) => ['off', 'pods'].includes(one.class)).map(({ name }) => name)),
  )
  const explicit = pods().filter(({ metadata }) => metadata.labels?.['app'] === 'inference-gpu')
  expect(explicit.every(({ metadata }) => metadata.annotations?.['istio.io/rev'] === 'default')).toBe(true)
  const images = pods().flatMap((pod) =>
    [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
      .filter((container) => textAt(container, 'name') === 'istio-proxy')
      .map((container) => textAt(container, 'image')),
  )
  expect(new Set(images)).toEqual(new Set(['docker.io/istio/proxyv2:1.30.0']))
})

test('the peculiar ones are as their teams made them', () => {
  const get = (kind: string, namespace: string, name: string) => kube.get('apps/v1', kind, name, namespace)
  expect(objectAt(get('StatefulSet', 'ledger', 'ledger-store'), 'spec', 'updateStrategy')).toEqual({ type: 'OnDelete' })
  expect(get('Deployment', 'search', 'ranking-experiment')?.['spec']).toMatchObject({ paused: true })
  expect(get('Deployment', 'giftcards', 'giftcards-old')?.['spec']).toMatchObject({ replicas: 0 })
  expect(
    objectAt(get('Deployment', 'catalog', 'catalog-legacy'), 'spec', 'template', 'metadata', 'annotations'),
  ).toEqual({ 'sidecar.istio.io/proxyImage': 'docker.io/istio/proxyv2:1.30.0' })
  expect(kube.get('v1', 'Pod', 'adhoc-shell', 'reporting')?.metadata.ownerReferences).toBeUndefined()
  expect(kube.get('v1', 'Namespace', 'payments')?.metadata.labels).toMatchObject({
    'istio-injection': 'enabled',
    team: 'payments',
  })
  expect(kube.get('v1', 'Namespace', 'legacy-tools')?.metadata.labels).not.toHaveProperty('team')
  expect(get('Deployment', 'payments', 'payments-api')?.metadata.managedFields?.[0]?.manager).toBe('team-payments')
})
