import { expect, test } from '@jest/globals'
import { count } from '../census/count.ts'
import { podEntryOf } from '../census/pod-entry.ts'
import type { ObjectMeta, Workload } from '../istio/objects.ts'
import type { Cluster } from '../ports/cluster.ts'
import { readAround } from './census-sight.ts'

const MIGRATION = { from: ['default'], to: '1-31-0' }

function workload(name: string, meta: Partial<ObjectMeta>): Workload {
  const template = { metadata: {}, spec: { containers: [] } }
  const metadata = { name, namespace: 'pay', labels: { team: 'payments' }, ...meta }
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, replicas: 1, readyReplicas: 1, template }
}

const WORKLOADS = [
  workload('web', { annotations: { 'argocd.argoproj.io/tracking-id': 'store:apps/StatefulSet:pay/web' } }),
  workload('ledger', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }),
  workload('api', {}),
]

/** A pod on the old sidecar. Its own marks say nothing of who keeps the workload. */
function podOf({ metadata: { name } }: Workload) {
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name, uid: name, controller: true }
  const labels = { 'helm.toolkit.fluxcd.io/name': 'x' }
  const annotations = { 'sidecar.istio.io/status': '{"revision":"default"}' }
  return podEntryOf({ name: `${name}-0`, namespace: 'pay', labels, annotations, ownerReferences: [owner] }, 'team')
}

test('a workload that is left has its keeper with it, out of what is read anyway; nobody’s has none', async () => {
  const reads: string[] = []
  const read = <T>(name: string, value: T) => {
    reads.push(name)
    return Promise.resolve(value)
  }
  const cluster = {
    readPodOwners: () => read('owners', []),
    readRollouts: () => read('rollouts', WORKLOADS),
  } as unknown as Cluster
  const around = await readAround({ cluster, settings: { teamLabel: 'team' } })
  const pods = WORKLOADS.flatMap((one) => podOf(one) ?? [])
  const seen = { ...around, pods, namespaces: [], redeploys: () => ({ kind: 'new' }) as const, teamLabel: 'team' }
  const { stragglers } = count(seen, MIGRATION)
  expect(Object.fromEntries(stragglers.map(({ name, keeper }) => [name, keeper]))).toStrictEqual({
    web: { tool: 'Argo CD', app: 'store' },
    ledger: { tool: 'Flux' },
    api: undefined,
  })
  expect(stragglers.find(({ name }) => name === 'api')).not.toHaveProperty('keeper')
  expect(reads.sort()).toEqual(['owners', 'rollouts'])
})
