import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { KubeObject, Pod } from '../../src/istio/objects.ts'
import { openCluster, soon, unique, type ContractServer, type Opened } from './contract-server.ts'

const APP = { name: 'app', image: 'example.com/app:1' }

/**
 * One workload's pods with their status and events, as every API server must tell them. `runsPods`: controllers beside it make
 * and run the pods of a ReplicaSet.
 */
export function describeWorkload(name: string, setup: () => Promise<ContractServer>, runsPods: boolean): void {
  describe(`one workload on ${name}`, () => {
    let server: ContractServer
    let admin: Opened
    let limited: Opened
    const namespace = unique('workload')

    beforeAll(async () => {
      server = await setup()
      admin = openCluster(server.kubeconfig)
      limited = openCluster(server.limited)
      await admin.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', name: 'default', namespace }
      await soon(async () => (await admin.cluster.get(account)) !== null)
    })
    afterAll(async () => {
      await Promise.all([admin.http.close(), limited.http.close()])
      await server.close()
    })

    const put = (kind: string, body: object, apiVersion = 'v1'): Promise<KubeObject> =>
      admin.cluster.create({ apiVersion, kind, ...body } as KubeObject)
    const ownedBy = ({ apiVersion, kind, metadata: { name: owner, uid } }: KubeObject): object[] => [
      { apiVersion, kind, name: owner, uid, controller: true },
    ]
    const template = (app: string) => ({
      metadata: { labels: { app } },
      spec: { containers: [APP], nodeSelector: { 'meshferry.io/contract': 'nowhere' } },
    })
    const aDeployment = (app: string): Promise<KubeObject> => {
      const spec = { replicas: 1, paused: true, selector: { matchLabels: { app } }, template: template(app) }
      return put('Deployment', { metadata: { name: app, namespace }, spec }, 'apps/v1')
    }
    const aSet = (owner: KubeObject, replicas: number): Promise<KubeObject> => {
      const app = owner.metadata.name
      const spec = { replicas, selector: { matchLabels: { app } }, template: template(app) }
      const metadata = { name: unique('set'), namespace, labels: { app }, ownerReferences: ownedBy(owner) }
      return put('ReplicaSet', { metadata, spec }, 'apps/v1')
    }
    const aPod = (ownerReferences: object[], app = 'alone'): Promise<KubeObject> =>
      put('Pod', {
        ...template(app),
        metadata: { name: unique('pod'), namespace, labels: { app }, ownerReferences },
      })
    const podOf = async (set: KubeObject): Promise<KubeObject> => {
      if (!runsPods) return aPod(ownedBy(set), set.metadata.labels?.['app'])
      const isOwn = ({ metadata }: KubeObject): boolean =>
        metadata.ownerReferences?.some(({ uid }) => uid === set.metadata.uid) ?? false
      let found: Pod | undefined
      await soon(async () => {
        found = (await admin.cluster.list('v1', 'Pod', { namespace })).find(isOwn)
        return found?.status?.phase === 'Running'
      }, 20_000)
      if (!found) throw new Error(`no pod of ${set.metadata.name}`)
      return found
    }
    const anEvent = (about: KubeObject, reason: string, type = 'Warning'): Promise<KubeObject> =>
      put('Event', {
        metadata: { name: unique('event'), namespace },
        involvedObject: {
          apiVersion: about.apiVersion,
          kind: about.kind,
          name: about.metadata.name,
          namespace,
          uid: about.metadata.uid,
        },
        reason,
        message: `${reason}, as the kubelet says it`,
        type,
        count: 3,
        firstTimestamp: '2026-11-24T09:00:00Z',
        lastTimestamp: '2026-11-24T09:05:00Z',
        source: { component: 'kubelet' },
      })

    test('has its own pods alone, in full with their status, its ReplicaSets, and the warnings about any of them', async () => {
      const [web, strange] = await Promise.all([aDeployment('web'), aDeployment('strange')])
      const [set, older, other] = await Promise.all([aSet(web, 1), aSet(web, 0), aSet(strange, 1)])
      const [mine, stranger] = await Promise.all([podOf(set), podOf(other)])
      const path = `/api/v1/namespaces/${namespace}/pods/${mine.metadata.name}/status`
      const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' }
      const terminated = {
        exitCode: 1,
        reason: 'Error',
        startedAt: '2026-11-24T09:00:00Z',
        finishedAt: '2026-11-24T09:01:00Z',
      }
      const statuses = [
        {
          name: 'app',
          image: APP.image,
          imageID: '',
          ready: false,
          restartCount: 4,
          state: { waiting },
          lastState: { terminated },
        },
      ]
      await admin.http.json({
        method: 'PATCH',
        path,
        contentType: 'application/merge-patch+json',
        body: { status: { phase: 'Running', containerStatuses: statuses } },
      })
      await anEvent(mine, 'BackOff')
      await anEvent(mine, 'Pulled', 'Normal')
      await anEvent(stranger, 'Unhealthy')
      await anEvent(older, 'FailedCreate')
      await anEvent(web, 'Odd')

      const read = await admin.cluster.readWorkload({ namespace, kind: 'Deployment', name: 'web' })
      expect(read.pods).toMatchObject([
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: mine.metadata.name, creationTimestamp: expect.any(String) },
          spec: { containers: [APP] },
          status: {
            containerStatuses: [{ restartCount: 4, ready: false, state: { waiting }, lastState: { terminated } }],
          },
        },
      ])
      expect(new Set(read.owners.map(({ uid }) => uid))).toEqual(new Set([set.metadata.uid, older.metadata.uid]))
      expect(read.owners.every(({ creationTimestamp }) => creationTimestamp !== undefined)).toBe(true)
      expect(read.events?.map(({ reason }) => reason).toSorted()).toEqual(['BackOff', 'FailedCreate', 'Odd'])
      expect(read.events?.find(({ reason }) => reason === 'BackOff')).toMatchObject({
        type: 'Warning',
        count: 3,
        lastTimestamp: '2026-11-24T09:05:00Z',
        involvedObject: { uid: mine.metadata.uid },
      })
    })

    test('of a kind without ReplicaSets and of a pod that nobody controls there is nothing between', async () => {
      const mine = await aPod([
        { apiVersion: 'example.com/v1', kind: 'Store', name: 'db', uid: 'u-db', controller: true },
      ])
      const alone = await aPod([])
      const read = (kind: string, called: string) => admin.cluster.readWorkload({ namespace, kind, name: called })
      expect(await read('Store.example.com', 'db')).toMatchObject({
        pods: [{ metadata: { name: mine.metadata.name } }],
        owners: [],
        events: [],
      })
      expect(await read('Pod', alone.metadata.name)).toMatchObject({
        pods: [{ metadata: { name: alone.metadata.name } }],
      })
      expect(await read('Store.example.com', 'gone')).toEqual({ pods: [], owners: [], events: [] })
    })

    test('whoever may not list pods hears so', async () => {
      const asked = limited.cluster.readWorkload({ namespace, kind: 'StatefulSet', name: 'db' })
      await expect(asked).rejects.toMatchObject({ code: 'CLUSTER_FORBIDDEN' })
    })
  })
}
