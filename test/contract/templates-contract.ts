import { afterAll, beforeAll, expect, test, describe } from '@jest/globals'
import type { KubeObject } from '../../src/istio/objects.ts'
import { openCluster, soon, unique, type ContractServer, type Opened } from './contract-server.ts'

const ROLLOUTS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'rollouts.argoproj.io' },
  spec: {
    group: 'argoproj.io',
    scope: 'Namespaced',
    names: { plural: 'rollouts', singular: 'rollout', kind: 'Rollout', listKind: 'RolloutList' },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
}

const byName = (a = '', b = ''): number => a.localeCompare(b)

/** What may make a pod besides the usual workloads, as every API server must tell it. */
export function describeTemplates(name: string, setup: () => Promise<ContractServer>): void {
  describe(`templates on ${name}`, () => {
    let server: ContractServer
    let admin: Opened
    let limited: Opened
    const namespace = unique('templates')

    beforeAll(async () => {
      server = await setup()
      admin = openCluster(server.kubeconfig)
      limited = openCluster(server.limited)
      await admin.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    })
    afterAll(async () => {
      await Promise.all([admin.http.close(), limited.http.close()])
      await server.close()
    })

    test('the templates of everything else that may make a pod are read: at zero, suspended, and of a kind of its own', async () => {
      const labels = { app: unique('t') }
      const template = (name: string) => ({
        metadata: { labels: { ...labels, of: name } },
        spec: {
          containers: [{ name: 'app', image: 'example.com/app:1' }],
          restartPolicy: name.startsWith('job') ? 'Never' : 'Always',
        },
      })
      const make = (apiVersion: string, kind: string, name: string, spec: object, owners: object[] = []) =>
        admin.cluster.create({
          apiVersion,
          kind,
          metadata: { name: unique(name), namespace, ...(owners.length > 0 ? { ownerReferences: owners } : {}) },
          spec: { template: template(name), ...spec },
        } as KubeObject)
      const atZero = { replicas: 0, selector: { matchLabels: labels } }
      const owner = (kind: string) => [{ apiVersion: 'x/v1', kind, name: 'web', uid: unique('u'), controller: true }]
      await make('apps/v1', 'ReplicaSet', 'bare', atZero)
      await make('apps/v1', 'ReplicaSet', 'of-a-stranger', atZero, owner('CloneSet'))
      await make('v1', 'ReplicationController', 'controller', { replicas: 0, selector: labels })
      await make('batch/v1', 'Job', 'job-suspended', { suspend: true })
      const seen = async () => {
        const { workloads, unreadable } = await admin.cluster.readTemplates()
        const ours = workloads.filter(({ template: { metadata } }) => metadata?.labels?.['app'] === labels.app)
        return { of: ours.map(({ template: one }) => one.metadata?.labels?.['of']).toSorted(byName), ours, unreadable }
      }
      const before = await seen()
      expect(before.of).toEqual(['bare', 'controller', 'job-suspended', 'of-a-stranger'])
      expect(before.unreadable).toEqual([])
      expect(before.ours.every(({ template: one }) => one.spec.containers.length === 0)).toBe(true)

      await admin.cluster.apply(ROLLOUTS)
      expect(
        await soon(() =>
          make('argoproj.io/v1alpha1', 'Rollout', 'rollout', atZero).then(
            () => true,
            () => false,
          ),
        ),
      ).toBe(true)
      expect((await seen()).of).toContain('rollout')
      const { unreadable } = await limited.cluster.readTemplates()
      expect(unreadable.map(({ part }) => part).toSorted(byName)).toEqual([
        'jobs.batch',
        'replicasets.apps',
        'replicationcontrollers',
        'rollouts.argoproj.io',
      ])
    })

    test('who controls a ReplicaSet is read without its spec', async () => {
      const owner = { apiVersion: 'example.com/v1', kind: 'Rollout', name: 'web', uid: 'u-1', controller: true }
      const labels = { app: 'contract' }
      const template = { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'example.com/app:1' }] } }
      const made = await admin.cluster.create({
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { name: unique('web'), namespace, ownerReferences: [owner] },
        spec: { replicas: 0, selector: { matchLabels: labels }, template },
      } as KubeObject)
      const found = (await admin.cluster.readPodOwners()).find(({ uid }) => uid === made.metadata.uid)
      expect(found?.ownerReferences).toEqual([owner])
      expect(Object.keys(found ?? {}).toSorted()).toEqual(['creationTimestamp', 'name', 'ownerReferences', 'uid'])
    })
  })
}
