import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { seedIstio } from '../../../src/sandbox/kube-server/seed/seed-istio.ts'
import { seedNamespace } from '../../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedWorkload } from '../../../src/sandbox/kube-server/seed/seed-workload.ts'
import type { KubeServer } from '../../../src/sandbox/kube-server/server.ts'
import { startKubeServer } from '../../../src/sandbox/kube-server/server.ts'
import { openKubeConfig } from '../../../src/cluster/kube-config.ts'
import { newKubeHttp, type KubeHttp } from '../../../src/cluster/kube-http.ts'
import { newMeshReader, type MeshReader } from '../../../src/cluster/read-mesh.ts'

let kube: KubeServer
let http: KubeHttp
let reader: MeshReader
let nowMs: number
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meshferry-mesh-'))
  kube = await startKubeServer()
  seedIstio(kube, { version: '1.30.0', era: 'tag' })
  seedNamespace(kube, { name: 'shop', labels: { 'istio-injection': 'enabled' } })
  seedWorkload(kube, { namespace: 'shop', name: 'web' })
  kube.writeKubeconfig(join(folder, 'kubeconfig'))
  http = newKubeHttp(openKubeConfig({}, { KUBECONFIG: join(folder, 'kubeconfig') }))
  nowMs = Date.parse('2026-11-23T19:00:00Z')
  reader = newMeshReader(http, 'istio-system', { now: () => nowMs })
})
afterEach(async () => {
  await http.close()
  await kube.close()
  rmSync(folder, { recursive: true, force: true })
})

const unreadOf = async (read: () => ReturnType<MeshReader['readMesh']>) =>
  (await read()).unreadable.map(({ part }) => part)

const webIn = (mesh: Awaited<ReturnType<MeshReader['readMesh']>>) =>
  mesh.workloads.some(({ metadata }) => metadata.namespace === 'shop')

test("what could not be read of the tenants' workloads stays unread until it was, however often injection is looked at", async () => {
  const lift = kube.trouble({ kind: 'status', code: 403, method: 'GET', path: /daemonsets/ })
  expect(await unreadOf(reader.readInjection)).toEqual(['workloads'])
  expect(await unreadOf(reader.readInjection)).toEqual(['workloads'])
  lift()
  const mesh = await reader.readInjection()
  expect(mesh.unreadable).toEqual([])
  expect(webIn(mesh)).toBe(true)
})

test('a part that can be read no more stays as it was, and is named', async () => {
  await reader.readMesh()
  const lift = kube.trouble({ kind: 'status', code: 503, method: 'GET', path: /statefulsets|\/pods/ })
  const mesh = await reader.readMesh()
  expect(mesh.unreadable.map(({ part }) => part).sort()).toEqual(['pods', 'workloads'])
  expect(webIn(mesh)).toBe(true)
  expect(mesh.pods.length).toBeGreaterThan(0)
  lift()
  expect(await unreadOf(reader.readInjection)).toEqual([])
})

test('for a decision pods are read anew once they are older than 90 s; everything else always is', async () => {
  await reader.readMesh()
  seedWorkload(kube, { namespace: 'shop', name: 'late' })
  const lateIn = ({ pods }: Awaited<ReturnType<MeshReader['readMesh']>>) =>
    pods.some(({ metadata }) => metadata.name.startsWith('late'))
  nowMs += 80_000
  const young = await reader.readStanding()
  expect(lateIn(young)).toBe(false)
  expect(young.workloads.map(({ metadata }) => metadata.name)).toContain('late')
  expect(young.readAt).toBe('2026-11-23T19:00:00.000Z')
  nowMs += 20_000
  const fresh = await reader.readStanding()
  expect(lateIn(fresh)).toBe(true)
  expect(fresh.readAt).toBe('2026-11-23T19:01:40.000Z')
})

test("the tenants' side is renewed with pods or without: the guard then knows of what came since", async () => {
  await reader.readMesh()
  seedWorkload(kube, { namespace: 'shop', name: 'late' })
  const named = (all: readonly { readonly metadata: { readonly name: string } }[]) =>
    all.some(({ metadata }) => metadata.name.startsWith('late'))
  await reader.renewTenants({ pods: false })
  const without = await reader.readInjection()
  expect([named(without.workloads), named(without.pods)]).toEqual([true, false])
  await reader.renewTenants({ pods: true })
  expect(named((await reader.readInjection()).pods)).toBe(true)
})
