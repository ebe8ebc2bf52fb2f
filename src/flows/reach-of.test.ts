import { expect, test } from '@jest/globals'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import { aRun } from '../../test/support/run-builders.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { ObjectMeta, Pod } from '../istio/objects.ts'
import { newLog } from '../kernel/log.ts'
import type { Cluster } from '../ports/cluster.ts'
import { reachOf } from './reach-of.ts'

const BASE = recordedMesh('default-1.30.0')
const log = newLog('debug', 'test', () => undefined)

const sidecar = (revision: string): Readonly<Record<string, string>> => ({
  'sidecar.istio.io/status': JSON.stringify({ revision }),
})

function pod(name: string, meta: Partial<ObjectMeta>, phase = 'Running'): Pod {
  const metadata = { name, namespace: 'shop', uid: name, ...meta }
  return { apiVersion: 'v1', kind: 'Pod', metadata, status: { phase } }
}

const PODS: readonly Pod[] = [
  pod('pay-1', { labels: { team: 'payments' }, annotations: sidecar('default') }),
  pod('pay-2', { labels: { team: 'payments' }, annotations: sidecar('default') }),
  pod('cart', { labels: { team: 'cart' }, annotations: sidecar('default') }),
  pod('orphan', { annotations: sidecar('default') }),
  pod('unsaid', { annotations: { 'sidecar.istio.io/status': '{}' } }),
  pod('moved', { labels: { team: 'early' }, annotations: sidecar('1-31-0') }),
  pod('over', { labels: { team: 'batch' }, annotations: sidecar('default') }, 'Succeeded'),
  pod('plain', { labels: { team: 'plain' } }),
]

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: {} } }
const MESH: Mesh = { ...BASE, pods: PODS, namespaces: [...BASE.namespaces, NAMESPACE] }

function counting(owners: () => Promise<readonly ObjectMeta[]> = () => Promise.resolve([])) {
  const cluster = { readPodOwners: owners, readRollouts: () => Promise.resolve([]) }
  return { cluster: cluster as unknown as Cluster, log, settings: { teamLabel: 'team' } }
}

test('counts pods on a sidecar to leave, once each, and the teams that own them', async () => {
  expect(await reachOf(counting(), aRun(), MESH)).toEqual({ teams: 2, pods: 4, unowned: 1, unknown: 1 })
})

test('a namespace owns what its workloads do not say', async () => {
  const owned = { ...NAMESPACE, metadata: { name: 'shop', labels: { team: 'shop' } } }
  const mesh = { ...MESH, namespaces: [...BASE.namespaces, owned] }
  expect(await reachOf(counting(), aRun(), mesh)).toMatchObject({ teams: 3, unowned: 0 })
})

test('is unknown, not nobody, where pods or their owners could not be read', async () => {
  const unread = { ...MESH, pods: [], unreadable: [{ part: 'pods', reason: 'no access' }] }
  expect(await reachOf(counting(), aRun(), unread)).toBeNull()
  const refused = () => Promise.reject(new Error('no access'))
  expect(await reachOf(counting(refused), aRun(), MESH)).toBeNull()
})
