import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { KubeObject } from '../kube-object.ts'
import { listAt, objectAt, stringsAt, textAt, valueAt } from '../kube-object.ts'
import { seedNamespace, seedNodes } from '../seed/seed-cluster.ts'
import { seedWorkload } from '../seed/seed-workload.ts'
import type { KubeServer } from '../server.ts'
import { startKubeServer } from '../server.ts'
import { testClient } from '../test-client.ts'
import type { ControllerOptions, Controllers } from './start-controllers.ts'
import { startControllers } from './start-controllers.ts'

let kube: KubeServer
let controllers: Controllers
let calendar = Date.parse('2026-11-30T10:00:30Z')

const run = (options: Partial<ControllerOptions> = {}): void => {
  controllers = startControllers(kube, { calendar: () => calendar, readyMs: () => 5, jobMs: () => 5, ...options })
}

beforeEach(async () => {
  calendar = Date.parse('2026-11-30T10:00:30Z')
  kube = await startKubeServer({ now: () => calendar })
  seedNodes(kube, ['v1.34.0', 'v1.34.0', 'v1.34.0'])
  seedNamespace(kube, { name: 'shop' })
})
afterEach(async () => {
  controllers.stop()
  await kube.close()
})

const template = (image = 'app:1') => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', image }] },
})
const workload = (kind: string, spec: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: template(), ...spec },
})
const pods = (): readonly KubeObject[] => kube.list('v1', 'Pod', 'shop')
const names = (): readonly string[] => pods().map((pod) => pod.metadata.name)
const images = (): readonly (string | undefined)[] =>
  pods().map((pod) => textAt(listAt(pod, 'spec', 'containers')[0], 'image'))
const live = (kind: string): KubeObject => {
  const object = kube.get('apps/v1', kind, 'web', 'shop')
  if (!object) throw new Error(`no ${kind}`)
  return object
}
const change = (kind: string, spec: object): void => {
  const { status: _status, ...object } = live(kind)
  kube.put({ ...object, spec: { ...objectAt(object, 'spec'), ...spec } }, 'kubectl')
}

describe('Deployment', () => {
  test('becomes ReplicaSet, pods and a full status; pods run, are ready, spread over nodes', async () => {
    run()
    kube.put(workload('Deployment', { replicas: 3 }))
    await controllers.settled()
    expect(live('Deployment')['status']).toMatchObject({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      conditions: [
        { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
        { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
      ],
    })
    expect(live('Deployment')['status']).not.toHaveProperty('unavailableReplicas')
    expect(new Set(pods().map((pod) => textAt(pod, 'spec', 'nodeName'))).size).toBe(3)
    expect(new Set(pods().map((pod) => textAt(pod, 'status', 'podIP'))).size).toBe(3)
    const [set] = kube.list('apps/v1', 'ReplicaSet', 'shop')
    for (const pod of pods()) {
      expect(pod.metadata.labels).toEqual({
        app: 'web',
        'pod-template-hash': set?.metadata.labels?.['pod-template-hash'],
      })
      expect(pod.metadata.ownerReferences).toMatchObject([
        { kind: 'ReplicaSet', name: set?.metadata.name, controller: true },
      ])
    }
  })

  test('rolls within maxSurge and maxUnavailable, and keeps the old ReplicaSet at zero', async () => {
    run()
    kube.put(workload('Deployment', { replicas: 8 }))
    await controllers.settled()
    const counts: number[] = []
    const end = kube.listen((event) => {
      if (event.resource === 'pods') counts.push(pods().filter((pod) => isReady(pod)).length, pods().length)
    })
    change('Deployment', { template: template('app:2') })
    await controllers.settled()
    end()
    expect(new Set(images())).toEqual(new Set(['app:2']))
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([6, 10])
    const sets = kube
      .list('apps/v1', 'ReplicaSet', 'shop')
      .map((set) => [set.metadata.annotations?.['deployment.kubernetes.io/revision'], valueAt(set, 'spec', 'replicas')])
      .sort(([a], [b]) => Number(a) - Number(b))
    expect(sets).toEqual([
      ['1', 0],
      ['2', 8],
    ])
    expect(live('Deployment').metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2')
    change('Deployment', { template: template('app:1') })
    await controllers.settled()
    expect([new Set(images()).size, kube.list('apps/v1', 'ReplicaSet', 'shop').length]).toEqual([1, 2])
  })

  test('paused it scales and rolls nothing; pods that never are ready stop a rollout', async () => {
    run({ readyMs: (pod) => (textAt(listAt(pod, 'spec', 'containers')[0], 'image') === 'bad' ? Infinity : 1) })
    kube.put(workload('Deployment', { replicas: 4 }))
    await controllers.settled()
    change('Deployment', { paused: true, replicas: 5, template: template('app:2') })
    await controllers.settled()
    expect(images()).toEqual(Array(5).fill('app:1'))
    change('Deployment', { paused: false, template: template('bad') })
    await controllers.settled()
    expect(images().filter((image) => image === 'app:1')).toHaveLength(4)
    expect(live('Deployment')['status']).toMatchObject({ readyReplicas: 4, unavailableReplicas: 3, updatedReplicas: 3 })
  })

  test('takes over seeded pods without moving one; at zero an autoscaler leaves it alone', async () => {
    const seeded = seedWorkload(kube, { namespace: 'shop', name: 'web', replicas: 2 })
    run()
    await controllers.settled()
    expect(names()).toEqual(seeded.map((pod) => pod.metadata.name).sort())
    kube.put({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        minReplicas: 3,
        maxReplicas: 5,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      },
    })
    await controllers.settled()
    expect(pods()).toHaveLength(3)
    change('Deployment', { replicas: 0 })
    await controllers.settled()
    expect(pods()).toHaveLength(0)
  })

  test('a refused pod leaves an Event with the words of the API server, and comes when it is let in', async () => {
    run()
    const lift = kube.denyPods({
      namespace: 'shop',
      kind: 'policy',
      webhook: 'policy.example.com',
      message: 'not today',
    })
    kube.put(workload('Deployment', { replicas: 1 }))
    await controllers.settled()
    const why = 'admission webhook "policy.example.com" denied the request: not today'
    expect(kube.list('v1', 'Event', 'shop')).toMatchObject([
      {
        reason: 'FailedCreate',
        type: 'Warning',
        message: `Error creating: ${why}`,
        involvedObject: { kind: 'ReplicaSet' },
      },
    ])
    expect(listAt(live('Deployment'), 'status', 'conditions')).toContainEqual(
      expect.objectContaining({ type: 'ReplicaFailure', status: 'True', message: why }),
    )
    lift()
    await until(() => pods().length === 1)
    await controllers.settled()
    expect(listAt(live('Deployment'), 'status', 'conditions')).toHaveLength(2)
  })

  test('what it owned goes with it, also when it went behind the back of the API', async () => {
    run()
    kube.put(workload('Deployment', { replicas: 2 }))
    kube.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' } },
    })
    await controllers.settled()
    const [slice] = kube.list('discovery.k8s.io/v1', 'EndpointSlice', 'shop')
    expect(listAt(slice, 'endpoints').map((one) => valueAt(one, 'conditions', 'ready'))).toEqual([true, true])
    kube.remove('apps/v1', 'Deployment', 'web', 'shop')
    kube.remove('v1', 'Service', 'web', 'shop')
    await controllers.settled()
    const left = [
      ...pods(),
      ...kube.list('apps/v1', 'ReplicaSet', 'shop'),
      ...kube.list('discovery.k8s.io/v1', 'EndpointSlice', 'shop'),
    ]
    expect(left).toEqual([])
  })
})

describe('StatefulSet and DaemonSet', () => {
  test('a StatefulSet makes its pods in order and replaces them from the last, one by one', async () => {
    run()
    const came: string[] = []
    kube.listen((event) => {
      if (event.resource === 'pods' && event.type !== 'MODIFIED')
        came.push(`${event.type === 'ADDED' ? '+' : '-'}${event.object.metadata.name}`)
    })
    kube.put(workload('StatefulSet', { replicas: 3 }))
    await controllers.settled()
    expect(came.splice(0)).toEqual(['+web-0', '+web-1', '+web-2'])
    change('StatefulSet', { template: template('app:2') })
    await controllers.settled()
    expect(came).toEqual(['-web-2', '+web-2', '-web-1', '+web-1', '-web-0', '+web-0'])
    expect(live('StatefulSet')['status']).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      updatedReplicas: 3,
      observedGeneration: 2,
    })
    change('StatefulSet', { updateStrategy: { type: 'OnDelete' }, template: template('app:3') })
    await controllers.settled()
    expect(images()).toEqual(['app:2', 'app:2', 'app:2'])
    kube.remove('v1', 'Pod', 'web-1', 'shop')
    await controllers.settled()
    expect(images()).toEqual(['app:2', 'app:3', 'app:2'])
  })

  test('a DaemonSet has one pod per Node, follows Nodes, and rolls one at a time', async () => {
    run()
    kube.put(workload('DaemonSet'))
    await controllers.settled()
    expect(new Set(pods().map((pod) => textAt(pod, 'spec', 'nodeName')))).toEqual(
      new Set(['node-1', 'node-2', 'node-3']),
    )
    expect(pods()).toHaveLength(3)
    let fewest = 3
    kube.listen(() => (fewest = Math.min(fewest, pods().length)))
    change('DaemonSet', { template: template('app:2') })
    await controllers.settled()
    expect([images(), fewest]).toEqual([['app:2', 'app:2', 'app:2'], 2])
    kube.remove('v1', 'Node', 'node-2')
    await controllers.settled()
    expect(live('DaemonSet')['status']).toMatchObject({
      desiredNumberScheduled: 2,
      numberReady: 2,
      updatedNumberScheduled: 2,
    })
    expect(pods()).toHaveLength(2)
  })
})

test('without a Node pods wait; the server says over HTTP whether its cluster runs by itself', async () => {
  for (const name of ['node-1', 'node-2', 'node-3']) kube.remove('v1', 'Node', name)
  run()
  kube.put(workload('Deployment', { replicas: 1 }))
  await controllers.settled()
  expect(pods().map((pod) => textAt(pod, 'status', 'phase'))).toEqual(['Pending'])
  seedNodes(kube, ['v1.34.0'])
  await controllers.settled()
  expect(pods().map((pod) => textAt(pod, 'status', 'phase'))).toEqual(['Running'])
  const client = testClient(kube)
  expect((await client.get('/sandbox')).body).toEqual({ controllers: true })
  controllers.stop()
  expect((await client.get('/sandbox')).body).toEqual({ controllers: false })
  expect(stringsAt(pods()[0], 'metadata', 'labels')).toHaveProperty('app')
})

function isReady(pod: KubeObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  )
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}
