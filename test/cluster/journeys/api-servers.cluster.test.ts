import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from '@jest/globals'
import { clickCard, openCard, said } from '../../support/people.ts'
import { installByIstioctl } from '../harness/installs.ts'
import type { Mesh } from '../harness/mesh.ts'
import type { Pod } from '../harness/pod-types.ts'
import { sidecarOf } from '../harness/sidecar.ts'
import { deployTenants, probeClasses, tenants } from '../harness/tenants.ts'
import type { Balancer } from './balancer.ts'
import { startBalancer } from './balancer.ts'
import {
  approveInstall,
  askUpgrade,
  install,
  refusedUpgrade,
  rollBack,
  stageFor,
  startSwitch,
  switchOver,
} from './stage.ts'

/** Without the workloads of a tag: none is set here. */
const ALL = tenants('default').filter(({ namespace }) => namespace !== 'orders')
const CLASSES = probeClasses(ALL)
const prepare = async (mesh: Mesh): Promise<void> => {
  await installByIstioctl(mesh, '1.30.0')
  await deployTenants(mesh, ALL)
}

describe('two API servers that can both be dialled', () => {
  const stage = stageFor({ mesh: { apiServers: 2 }, prepare, classes: CLASSES })

  test('7. one that does not answer leaves nothing proven: no plan, no switch', async () => {
    const { mesh, rig } = stage()
    await bothInTheService(mesh)
    await mesh.stopApiServer(1)
    expect(rig.slack.text(await refusedUpgrade(rig))).toContain(`the API server ${hostOf(mesh, 1)} does not answer`)
    expect(await mesh.objects('configmaps', 'meshferry').then(names)).not.toContain('active')
    await mesh.startApiServer(1)
    await bothInTheService(mesh)

    await install(rig)
    await mesh.stopApiServer(1)
    const before = await defaultTag(mesh)
    await startSwitch(rig)
    const undone = await said(rig, 'Undone: switch', 'does not answer')
    expect(await newPod(mesh, 0)).toBe('default')
    expect(await defaultTag(mesh)).toBe(before)
    await mesh.startApiServer(1)
    await bothInTheService(mesh)
    await clickCard(rig, undone, 'U0LEE', 'approval.reask')
  }, 300_000)

  test('7. both are asked for every class, before and after each act', async () => {
    const { mesh, rig, during } = stage()
    const began = Date.now()
    const forward = await during(() => switchOver(rig))
    expect(forward.faults).toEqual([])
    for (const server of [0, 1]) {
      expect(await newPod(mesh, server)).toBe('1-31-0')
      expect([...asked(mesh, server, began)].sort()).toEqual([...asked(mesh, 1 - server, began)].sort())
      expect([...asked(mesh, server, began)]).toEqual(expect.arrayContaining(['catalog', 'opted-in-pods']))
    }
    const vias = await viasOf(mesh, 'switch.prove')
    expect(vias).toEqual([hostOf(mesh, 0), hostOf(mesh, 1)].sort())

    const back = await during(async () => {
      await rollBack(rig)
      await said(rig, 'Returned')
    })
    expect(back.faults).toEqual([])
    for (const server of [0, 1]) expect(await newPod(mesh, server)).toBe('default')
  }, 300_000)
})

describe('API servers behind a balancer with a certificate of its own', () => {
  let balancer: Balancer | undefined
  const stage = stageFor({
    mesh: { apiServers: 2 },
    prepare,
    classes: CLASSES,
    kubeconfig: async (mesh) => {
      balancer = await startBalancer(mesh)
      return balancer.kubeconfig
    },
    rig: { times: { freshSpread: 5000 } },
  })
  afterAll(() => balancer?.close())

  test('7. are asked over fresh connections, which the balancer spreads over both', async () => {
    const { mesh, rig, during } = stage()
    await askUpgrade(rig)
    await approveInstall(rig)
    const card = await openCard(rig, 'switch')
    await clickCard(rig, card, 'U0MEI', 'approval.approve')
    await clickCard(rig, card, 'U0SRE', 'approval.approve')
    const began = Date.now()
    const forward = await during(async () => {
      await clickCard(rig, card, 'U0LEE', 'approval.start')
      await said(rig, 'Done: switch')
    })
    expect(forward.faults).toEqual([])
    expect(await viasOf(mesh, 'switch.prove')).toEqual(['fresh connections'])
    for (const server of [0, 1]) expect([...asked(mesh, server, began)]).toContain('catalog')
  }, 300_000)
})

/** Each API server writes its address into the Service when it comes up, and a moment later than it answers. */
function bothInTheService(mesh: Mesh): Promise<unknown> {
  return mesh.waitFor('both addresses in the Service', async () => (await addresses(mesh)).length === 2, 60_000)
}

type AuditLine = {
  readonly userAgent?: string
  readonly requestURI?: string
  readonly requestReceivedTimestamp?: string
  readonly objectRef?: { readonly namespace?: string }
}

/** The namespaces for which Meshferry sent dry-run pods to one API server since then, by that server's own audit log. */
function asked(mesh: Mesh, server: number, since: number): ReadonlySet<string> {
  const lines = readFileSync(mesh.plane.auditLogs[server] ?? '', 'utf8')
    .split('\n')
    .slice(0, -1)
  const ours = lines
    .map((line) => JSON.parse(line) as AuditLine)
    .filter(({ userAgent, requestURI }) => userAgent === 'meshferry' && requestURI?.includes('dryRun=All'))
    .filter(({ requestReceivedTimestamp = '' }) => Date.parse(requestReceivedTimestamp) >= since)
  return new Set(ours.map(({ objectRef }) => objectRef?.namespace ?? ''))
}

type RunRecord = {
  readonly steps?: readonly { readonly id: string; readonly proofs: readonly { readonly via: string[] }[] }[]
}

/** Through which addresses the run record says that a step was proven. */
async function viasOf(mesh: Mesh, step: string): Promise<readonly string[]> {
  const maps = await mesh.objects('configmaps', 'meshferry')
  const records = maps.flatMap(({ metadata, data }) => {
    const content = (data as { readonly content?: string } | undefined)?.content
    return metadata.name.startsWith('run-') && content?.startsWith('{') ? [JSON.parse(content) as RunRecord] : []
  })
  const steps = records.flatMap(({ steps: all = [] }) => all).filter(({ id }) => id === step)
  return [...new Set(steps.flatMap(({ proofs }) => proofs.flatMap(({ via }) => via)))].sort()
}

async function newPod(mesh: Mesh, server: number): Promise<string | undefined> {
  const { body } = await mesh.dryRunPod('payments', {}, server)
  return sidecarOf(body as Pod)?.revision
}

function hostOf(mesh: Mesh, server: number): string {
  return new URL(mesh.plane.servers[server] ?? '').host
}

function names(objects: readonly { readonly metadata: { readonly name: string } }[]): readonly string[] {
  return objects.map(({ metadata }) => metadata.name)
}

async function addresses(mesh: Mesh): Promise<readonly string[]> {
  const path = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes'
  const slice = (await mesh.api.need('GET', path)) as unknown as { endpoints: { addresses: string[] }[] }
  return slice.endpoints.flatMap((endpoint) => endpoint.addresses)
}

async function defaultTag(mesh: Mesh): Promise<string | undefined> {
  const tag = await mesh.object('mutatingwebhookconfigurations', 'istio-revision-tag-default')
  return tag?.metadata.resourceVersion
}
