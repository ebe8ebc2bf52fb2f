import { expect, test } from '@jest/globals'
import { seedNamespace, seedNodes } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedIstio } from '../../src/sandbox/kube-server/seed/seed-istio.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { sidecarOf } from '../../src/sandbox/kube-server/seed/sidecar-of.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { answerTo, command, rollBack } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import type { Rig } from '../support/rig.ts'
import { until } from '../support/until.ts'
import { newWorkerCrew } from '../support/worker-crew.ts'
import { runOf } from './record-boundaries.ts'
import type { StageOptions, World } from './stage.ts'
import { aStage } from './stage.ts'

/** Istio 1.7, about to become 1.9: NEW's injector answers namespaces that are labelled with its revision, and no pod. */
const OLD_WORLD: World = {
  kubernetesVersion: 'v1.18.20',
  versions: ['1.7.8', '1.9.9'],
  seed: (kube) => {
    seedNodes(kube, ['v1.18.20'])
    seedIstio(kube, { version: '1.7.8', era: 'one-entry' })
    for (const name of ['shop', 'pay']) {
      seedNamespace(kube, { name, labels: { 'istio-injection': 'enabled' } })
      seedWorkload(kube, { namespace: name, name: 'web', inject: sidecarOf('default', '1.7.8') })
    }
    seedNamespace(kube, { name: 'plain' })
  },
}
const PROOF = 'meshferry-install-proof'
const PATIENCE_MS = 240_000

const anOldStage = (rig: StageOptions['rig'] = {}) => aStage({ world: OLD_WORLD, rig })
const proofNamespace = (kube: KubeServer) => kube.get('v1', 'Namespace', PROOF)
const newIstiod = (kube: KubeServer) => kube.get('apps/v1', 'Deployment', 'istiod-1-9-9', 'istio-system')

async function startInstall(rig: Rig): Promise<void> {
  await command(rig, 'U0LEE', 'upgrade to 1.9.9')
  await clickCard(rig, await openCard(rig, 'install'), 'U0MEI', 'approval.approve')
}

/** What was done to the namespace of the proof, dry runs left out. */
function acts(kube: KubeServer): readonly string[] {
  return kube.log.flatMap(({ method, url, code, body }) => {
    if (method === 'GET' || code >= 300 || code === 0 || url.includes('dryRun=All')) return []
    const made = method === 'POST' && url.includes('/namespaces?') && body.includes(PROOF)
    return made || url.includes(`/namespaces/${PROOF}`) ? [method] : []
  })
}

test(
  'NEW of 1.9 is proven in a namespace of ours, whose leader is killed while it is there, and nothing of it is left',
  async () => {
    const crew = newWorkerCrew()
    const { kube, rig, tenants } = await anOldStage({
      recordKeys: ['one-record-key-for-tests'],
      startWorker: crew.start,
    })
    const labels: unknown[] = []
    let killed = 0
    kube.listen(({ object }) => {
      if (object.kind !== 'Namespace' || object.metadata.name !== PROOF || labels.length > 0) return
      labels.push(object.metadata.labels)
      if (crew.killLeader()) killed += 1
    })
    await startInstall(rig)
    const card = rig.slack.text(await openCard(rig, 'switch'))
    expect(killed).toBe(1)
    expect(labels).toEqual([expect.objectContaining({ 'istio.io/rev': '1-9-9' })])
    expect(proofNamespace(kube)).toBeUndefined()
    expect(acts(kube)).toEqual(['POST', 'DELETE'])
    expect(card).not.toContain('revision:1-9-9')
    const { plan, steps } = runOf(kube)
    expect(plan.classes.flatMap(({ examples }) => examples)).not.toContain(PROOF)
    const proof = steps.find(({ id }) => id === 'install.prove')
    expect(proof?.attempt).toBeGreaterThan(1)
    expect(proof?.proofs.map((one) => [one.class, one.expected, one.verdict])).toEqual([
      ['asked:1-9-9', '1-9-9', 'right'],
      ['enabled', 'default', 'right'],
    ])
    expect(tenants.seen('shop')).toEqual(['']) // 1.7 leaves no revision in the status
  },
  PATIENCE_MS,
)

test(
  'a namespace of that name that is somebody else’s is never touched, whether it is there before or comes later',
  async () => {
    const { kube, rig } = await anOldStage()
    seedNamespace(kube, { name: PROOF, labels: { team: 'shop' } })
    expect(await answerTo(rig, 'U0LEE', 'upgrade to 1.9.9')).toContain('PROOF_NAMESPACE_TAKEN')
    kube.remove('v1', 'Namespace', PROOF)
    await command(rig, 'U0LEE', 'upgrade to 1.9.9')
    const card = await openCard(rig, 'install')
    seedNamespace(kube, { name: PROOF, labels: { team: 'shop' } })
    await clickCard(rig, card, 'U0MEI', 'approval.approve')
    await said(rig, 'Halted', 'that Meshferry did not make')
    expect(proofNamespace(kube)?.metadata.labels).toMatchObject({ team: 'shop' })
    expect(acts(kube)).toEqual([])
    expect(newIstiod(kube)).toBeDefined()
    await rollBack(rig)
    expect(proofNamespace(kube)?.metadata.labels).toMatchObject({ team: 'shop' })
    expect(newIstiod(kube)).toBeUndefined()
  },
  PATIENCE_MS,
)

test(
  'where it may not be made no run begins; where it may not be removed the run halts, and the way back removes it',
  async () => {
    const { kube, rig } = await anOldStage()
    const message = 'namespaces is forbidden: User "worker" cannot create resource "namespaces" in API group ""'
    const allow = kube.trouble({ kind: 'status', code: 403, message, method: 'POST', path: /\/api\/v1\/namespaces\?/ })
    const told = await answerTo(rig, 'U0LEE', 'upgrade to 1.9.9')
    expect(told).toContain('PROOF_NAMESPACE_REFUSED')
    expect(told).toContain('cannot create resource')
    allow()
    const keep = kube.trouble({ kind: 'status', code: 403, message: 'no', method: 'DELETE', path: /install-proof/ })
    await startInstall(rig)
    await said(rig, 'Halted', 'made for the proof of the install, cannot be removed')
    expect(proofNamespace(kube)).toBeDefined()
    keep()
    await rollBack(rig)
    expect(proofNamespace(kube)).toBeUndefined()
    expect(newIstiod(kube)).toBeUndefined()
  },
  PATIENCE_MS,
)

test(
  'what somebody put into it keeps it, and is never removed with it',
  async () => {
    const { kube, rig } = await anOldStage()
    kube.listen(({ object: { kind, metadata } }) => {
      if (kind !== 'Namespace' || metadata.name !== PROOF || kube.list('v1', 'Pod', PROOF).length > 0) return
      seedWorkload(kube, { namespace: PROOF, name: 'lost' })
    })
    await startInstall(rig)
    await said(rig, 'Halted', 'Somebody put something into the namespace')
    expect(kube.list('v1', 'Pod', PROOF)).not.toEqual([])
    for (const { metadata } of kube.list('v1', 'Pod', PROOF)) kube.remove('v1', 'Pod', metadata.name, PROOF)
    kube.remove('apps/v1', 'Deployment', 'lost', PROOF)
    await command(rig, 'U0MEI', 'resume')
    await openCard(rig, 'switch')
    expect(proofNamespace(kube)).toBeUndefined()
  },
  PATIENCE_MS,
)

test(
  'an injector of NEW that fails is found there, and the install is undone',
  async () => {
    const { kube, rig, tenants } = await anOldStage()
    kube.listen(({ object: { kind, metadata } }) => {
      if (kind === 'Namespace' && metadata.name === PROOF) kube.remove('v1', 'Service', 'istiod-1-9-9', 'istio-system')
    })
    await startInstall(rig)
    await said(rig, 'install', 'Undone')
    await until(() => newIstiod(kube) === undefined)
    expect(proofNamespace(kube)).toBeUndefined()
    expect(tenants.seen('shop')).toEqual([''])
  },
  PATIENCE_MS,
)
