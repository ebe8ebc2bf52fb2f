import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { startKubeServer, type KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { readWorkload } from '../../src/cluster/read-workload.ts'
import { openCluster, type Opened } from './contract-server.ts'

let kube: KubeServer
let opened: Opened
const folder = mkdtempSync(join(tmpdir(), 'meshferry-contract-'))

/** A worker whose role is of before there was a right to list events. */
beforeAll(async () => {
  const list = (group: string, resource: string) => ({ verbs: ['list'], apiGroups: [group], resources: [resource] })
  const rules = [list('', 'pods'), list('apps', 'replicasets')]
  kube = await startKubeServer({ users: [{ token: 'older', name: 'older', rules }] })
  kube.writeKubeconfig(join(folder, 'older'), { token: 'older' })
  seedNamespace(kube, { name: 'shop' })
  opened = openCluster(join(folder, 'older'))
})
afterAll(async () => {
  await opened.http.close()
  await kube.close()
  rmSync(folder, { recursive: true, force: true })
})

test('without the right to list events a workload is read all the same, and its events are unknown, not none', async () => {
  seedWorkload(kube, { namespace: 'shop', name: 'web', replicas: 2 })
  const read = await opened.cluster.readWorkload({ namespace: 'shop', kind: 'Deployment', name: 'web' })
  expect({ pods: read.pods.length, owners: read.owners.length, events: read.events }).toEqual({
    pods: 2,
    owners: 1,
    events: null,
  })
})

test('a cluster that is slow is given up at the deadline', async () => {
  const lift = kube.trouble({ path: /\/namespaces\/shop\/events/, kind: 'slow', delayMs: 1500 })
  const began = performance.now()
  const reading = readWorkload(opened.http, { namespace: 'shop', kind: 'Deployment', name: 'web' }, 300)
  await expect(reading).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' })
  expect(performance.now() - began).toBeLessThan(1200)
  lift()
})
