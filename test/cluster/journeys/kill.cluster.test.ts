import { afterAll, expect, test } from '@jest/globals'
import type { Run } from '../../../src/wire/run.ts'
import { newBoundaries } from '../../support/boundaries.ts'
import { said } from '../../support/people.ts'
import { newWorkerCrew } from '../../support/worker-crew.ts'
import type { TestWorker } from '../../support/worker-process.ts'
import { installByHelm } from '../harness/installs.ts'
import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { followRun, runNow } from './records.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'

/** Without the team whose tag nobody made. */
const ALL = tenants('default').filter(({ namespace }) => namespace !== 'orders')
const FOLLOWERS = ['payments/api', 'payments/ledger', 'catalog/search', 'opted-in-pods/edge']
const ADOPTING = { overlap: ['istio-sidecar-injector', 'istio-revision-tag-default'] }
const crew = newWorkerCrew()
const watching = new AbortController()
afterAll(() => watching.abort())
const stage = stageFor({
  prepare: async (mesh) => {
    await installByHelm(mesh, '1.30.0')
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
  rig: { startWorker: crew.start, recordKeys: ['one-record-key-for-tests'] },
})

test('6. kill -9 of the leader in the middle of every step of install, adoption and switch, Redis flushed in between; two leaders on the way back', async () => {
  const { mesh, rig, during } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const [planes, moves] = [seenUids(mesh, NEW), seenRevisions(mesh)]
  const killedIn = killAtEachStep(mesh, () => rig.redis.flush())

  const installed = await during(() => install(rig), ADOPTING)
  expect(installed.faults).toEqual([])
  for (const name of FOLLOWERS) expect(installed.revisions[name]).toEqual(['default'])
  const switched = await during(() => switchOver(rig))
  expect(switched.faults).toEqual([])
  for (const name of FOLLOWERS) expect(switched.revisions[name]).toEqual(['default', '1-31-0'])
  killedIn.end()
  const { steps } = await runNow(mesh)
  const soFar = steps.map(({ id }) => id).filter((id) => /^(install|switch)\./.test(id))
  expect([...killedIn.steps].sort()).toEqual(soFar.sort())
  expect(planes.size).toBe(1)
  expect(moves).toEqual(['default', '1-31-0'])

  const frozen = freezeAtUndo(mesh)
  const back = await during(async () => {
    await rollBack(rig)
    const one = await frozen
    await mesh.waitFor('another leader', async () => crew.all().some((other) => other !== one && other.leads()))
    one.thaw()
    await said(rig, 'Returned')
  })
  expect(back.faults).toEqual([])
  for (const name of FOLLOWERS) expect(back.revisions[name]).toEqual(['1-31-0', 'default'])
  expect(moves).toEqual(['default', '1-31-0', 'default'])
  expect(await mesh.object('deployments', NEW, 'istio-system')).toBeNull()
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 600_000)

const NEW = 'istiod-1-31-0'

/** Kills whoever leads, once in each step as it is at work: when it acts where it acts, else when it has begun. */
function killAtEachStep(mesh: Mesh, afterwards: () => Promise<void>) {
  const freshIn = newBoundaries()
  const steps = new Set<string>()
  const end = followRun(mesh, (run) => {
    for (const boundary of freshIn(run)) {
      const [, step = ''] = /^step (.*): running/.exec(boundary) ?? []
      if (step === '' || !crew.killLeader()) continue
      steps.add(step)
      if (steps.size % 3 === 0) void afterwards()
    }
  })
  return { steps, end }
}

/** Stops the leader as soon as it has journalled that it takes a write back. */
function freezeAtUndo(mesh: Mesh): Promise<TestWorker> {
  return new Promise((resolve) => {
    const end = followRun(mesh, (run: Run) => {
      const undoing = run.steps.find(({ state, holder }) => state === 'undoing' && holder)
      const leader = crew.leader()
      if (!undoing || !leader) return
      leader.freeze()
      end()
      resolve(leader)
    })
  })
}

/** Every uid that a Deployment of this name ever had: more than one means that it was removed and made anew. */
function seenUids(mesh: Mesh, name: string): Set<string> {
  const seen = new Set<string>()
  const path = '/apis/apps/v1/namespaces/istio-system/deployments'
  mesh.api.follow<KubeObject>(
    path,
    (_type, { metadata }) => {
      if (metadata.name === name) seen.add(metadata.uid ?? '')
    },
    watching.signal,
  )
  return seen
}

/** The revisions that the default tag led to, one after the other. */
function seenRevisions(mesh: Mesh): string[] {
  const seen: string[] = []
  const path = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations'
  mesh.api.follow<KubeObject>(
    path,
    (_type, { metadata }) => {
      const revision = metadata.labels?.['istio.io/rev'] ?? ''
      if (metadata.name === 'istio-revision-tag-default' && seen.at(-1) !== revision) seen.push(revision)
    },
    watching.signal,
  )
  return seen
}
