import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { proofNamespace } from '../../../src/istio/proof-namespace.ts'
import { said } from '../../support/people.ts'
import { build } from '../harness/build.ts'
import { installByIstioctl } from '../harness/installs.ts'
import type { Mesh } from '../harness/mesh.ts'
import type { Pod } from '../harness/pod-types.ts'
import { istiodOf } from '../harness/programs.ts'
import { sidecarOf } from '../harness/sidecar.ts'
import type { Tenant } from '../harness/tenants.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import type { InjectorObject, OldShape } from './old-objects.ts'
import {
  injector,
  INJECTOR,
  injectorServices,
  makeOld,
  makeOldRevision,
  removeOldRevision,
  VALIDATOR,
} from './old-objects.ts'
import type { Stage } from './stage.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'

/**
 * The objects are those of the old versions, on a current API server and with current istiods behind them, to which an old
 * version number is linked. NEW stands beside OLD before the run: the istioctl linked as 1.11.8 is current code, and would
 * make NEW the default when it installs it, which no istioctl before 1.12 did.
 */
const NEW = '1.11.8'
const NAMESPACES = '/api/v1/namespaces'
const TWO = ['--set', 'values.pilot.autoscaleEnabled=false', '--set', 'values.pilot.replicaCount=2']

describe('the one entry of 1.7 to 1.9', () => {
  const stage = oldStage('1.9.9', 'one-entry')

  test('9. follows the patch that people made by hand, and its way back', async () => {
    const { mesh } = stage()
    await replaceFirstService(mesh, 'istiod-1-11-8')
    await mesh.waitFor('new pods to follow the patch', async () => (await newPod(mesh)) === '1-11-8')
    expect(await injectorServices(mesh)).toEqual(['istiod-1-11-8'])
    await replaceFirstService(mesh, 'istiod')
    await mesh.waitFor('new pods to follow the way back', async () => (await newPod(mesh)) === 'default')
  })

  test('9. of a revision answers a namespace that is labelled with it, which is gone soon after, and no pod', async () => {
    const { mesh } = stage()
    await makeOldRevision(mesh, '1-9-9', 'istiod-1-11-8')
    const made = proofNamespace('meshferry', '1-9-9')
    const { name } = made.metadata
    await mesh.api.need('POST', NAMESPACES, made)
    const answered = async (): Promise<string | null> => revisionIn((await mesh.dryRunPod(name)).body)
    expect(await mesh.waitFor('the namespace to be answered', answered, 5000)).toBe('1-11-8')
    const asking = await mesh.dryRunPod('default', { labels: { 'istio.io/rev': '1-9-9' } })
    expect(asking.status).toBe(201)
    expect(sidecarOf(asking.body as Pod)).toBeNull()
    await mesh.api.need('DELETE', `${NAMESPACES}/${name}`)
    const gone = async (): Promise<boolean> => (await mesh.api.ask('GET', `${NAMESPACES}/${name}`)).status === 404
    await mesh.waitFor('the namespace to be gone', gone, 60_000)
    await removeOldRevision(mesh, '1-9-9')
  }, 90_000)

  test('9. is patched by chat, proven, and put back', () => expectThereAndBack(stage(), 1), 300_000)
})

describe('the four entries of 1.10 and 1.11', () => {
  const stage = oldStage('1.10.6', 'four-entries')

  test('9. do not follow a patch of the first of them', async () => {
    const { mesh } = stage()
    await replaceFirstService(mesh, 'istiod-1-11-8')
    for (let asked = 0; asked < 20; asked += 1) expect(await newPod(mesh)).toBe('default')
    await replaceFirstService(mesh, 'istiod')
  })

  test('9. are patched all at once by chat, proven, and put back', () => expectThereAndBack(stage(), 4), 300_000)
})

async function expectThereAndBack({ mesh, rig, during }: Stage, entries: number): Promise<void> {
  const before = await injector(mesh)
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const forward = await during(async () => {
    await install(rig, NEW)
    await switchOver(rig)
  })
  expect(forward.faults).toEqual([])
  expect(forward.revisions['payments/api']).toEqual(['default', '1-11-8'])
  expect(await injectorServices(mesh)).toEqual(Array.from({ length: entries }, () => 'istiod-1-11-8'))
  expect(withoutServices(await injector(mesh))).toEqual(withoutServices(before))
  expect(await validatorService(mesh)).toBe('istiod-1-11-8')
  expect(await mesh.object('mutatingwebhookconfigurations', 'istio-revision-tag-default')).toBeNull()

  const back = await during(async () => {
    await rollBack(rig)
    await said(rig, 'Returned')
  })
  expect(back.faults).toEqual([])
  expect(await newPod(mesh)).toBe('default')
  expect((await injector(mesh)).webhooks).toEqual(before.webhooks)
  expect(await validatorService(mesh)).toBe('istiod')
  expect(await mesh.object('deployments', 'istiod-1-11-8', 'istio-system')).not.toBeNull()
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}

function oldStage(old: string, shape: OldShape): () => Stage {
  const all = tenantsOf(shape)
  return stageFor({
    mesh: { versions: ['1.30.0', NEW] },
    prepare: async (mesh) => {
      await build([istiodOf(old)])
      await installByIstioctl(mesh, '1.30.0', undefined, ['--set', `tag=${old}`, ...TWO])
      await installByIstioctl(mesh, '1.30.0', '1-11-8', ['--set', `tag=${NEW}`, ...TWO])
      await makeOld(mesh, shape)
      await deployTenants(mesh, all)
    },
    classes: probeClasses(all),
  })
}

/** No tags then; and up to 1.9 nobody answered pods outside of namespaces labelled istio-injection=enabled. */
function tenantsOf(shape: OldShape): readonly Tenant[] {
  const untagged = tenants('default').filter(({ namespace }) => namespace !== 'orders')
  if (shape === 'four-entries') return untagged
  return untagged.map((tenant) =>
    tenant.labels['istio-injection'] === 'enabled'
      ? tenant
      : { ...tenant, workloads: tenant.workloads.map((workload) => ({ ...workload, injected: false })) },
  )
}

/** As people did it: read the object, write another Service into its first entry, replace it. */
async function replaceFirstService(mesh: Mesh, service: string): Promise<void> {
  const live = await injector(mesh)
  const [first, ...rest] = live.webhooks
  if (!first) throw new Error('no entry')
  const { clientConfig } = first
  const renamed = { ...first, clientConfig: { ...clientConfig, service: { ...clientConfig.service, name: service } } }
  const file = join(mesh.folder, 'injector.json')
  writeFileSync(file, JSON.stringify({ ...live, webhooks: [renamed, ...rest] }))
  const ran = await mesh.kubectl(['replace', '-f', file])
  expect(ran.stderr).toBe('')
}

/** null while the pod is refused, as it is until the namespace has its service account, or comes back without a sidecar. */
function revisionIn(body: unknown): string | null {
  const pod = body as Partial<Pod>
  return pod.spec ? (sidecarOf(body as Pod)?.revision ?? null) : null
}

async function newPod(mesh: Mesh): Promise<string | undefined> {
  const { body } = await mesh.dryRunPod('payments')
  return sidecarOf(body as Pod)?.revision
}

async function validatorService(mesh: Mesh): Promise<string | undefined> {
  const found = await mesh.object<InjectorObject>('validatingwebhookconfigurations', VALIDATOR)
  return found?.webhooks[0]?.clientConfig.service?.name
}

/** All that the patch must leave alone: path, port, caBundle, selectors, labels, uid. */
function withoutServices({ metadata, webhooks }: InjectorObject): object {
  const { labels, uid } = metadata
  const entries = webhooks.map((entry) => ({
    ...entry,
    clientConfig: { ...entry.clientConfig, service: { ...entry.clientConfig.service, name: INJECTOR } },
  }))
  return { labels, uid, entries }
}
