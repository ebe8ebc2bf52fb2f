import { expect, test } from '@jest/globals'
import { answers } from '../../support/answers.ts'
import { clickCard, openCard, said } from '../../support/people.ts'
import { DAY_MS, startRehearsal } from '../../support/retire-acts.ts'
import { installByIstioctl, setTag } from '../harness/installs.ts'
import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'
import { deployTenants, probeClasses, tenants } from '../harness/tenants.ts'
import { aCalendar } from './calendar.ts'
import { redeployAll } from './redeploy.ts'
import { install, stageFor, switchOver } from './stage.ts'

/** What is to go is a revision of its own, as on a cluster that was upgraded before: a team can ask for it by name. */
const OLD = '1-30-0'
const PINNED = 'pinned'
/** Without the pod that is pinned by its own label: one team with a pinned namespace is enough. */
const ALL = tenants(OLD).map((team) => ({
  ...team,
  workloads: team.workloads.filter(({ name }) => name !== 'pinned-pod'),
}))
const { calendar, passTime } = aCalendar()
const stage = stageFor({
  prepare: async (mesh) => {
    await installByIstioctl(mesh, '1.30.0', OLD, ['--set', 'values.pilot.autoscaleEnabled=false'])
    await setTag(mesh, '1.30.0', 'default', OLD)
    await setTag(mesh, '1.30.0', 'prod-stable', OLD)
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL.filter(({ namespace }) => namespace !== PINNED)),
  rig: { calendar, times: { rehearsal: 60_000 } },
})

async function labelNamespace(mesh: Mesh, name: string, revision: string): Promise<void> {
  await mesh.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'istio.io/rev': revision } },
  })
}

async function replicasOf(mesh: Mesh, name: string): Promise<number> {
  const found = await mesh.object<KubeObject & { readonly spec: { readonly replicas: number } }>(
    'deployments',
    name,
    'istio-system',
  )
  return found?.spec.replicas ?? -1
}

test('3. and 4. nobody is asked while a team is pinned to OLD; what leads to it is named; a restarted istiod, and a rehearsal that turns bad', async () => {
  const { mesh, rig, during } = stage()
  await install(rig)
  await switchOver(rig)
  await redeployAll(
    mesh,
    ALL.filter(({ namespace }) => namespace !== PINNED),
    '1-31-0',
  )
  await answers(rig, 'status', /Before 1-30-0 may go: 1 pod/)
  expect(await answers(rig, 'stragglers', /legacy/)).toMatch(/pinned/)
  passTime(3 * DAY_MS)
  await answers(rig, 'status', /Before 1-30-0 may go: 1 pod/)

  // The team moves by itself: another label, and its own redeploy.
  await labelNamespace(mesh, PINNED, 'prod-stable')
  await redeployAll(
    mesh,
    ALL.filter(({ namespace }) => namespace === PINNED),
    '1-31-0',
  )
  await answers(rig, 'status', /Nobody has used 1-30-0 since/)
  passTime(DAY_MS)
  const early = await openCard(rig, 'rehearsal')

  // Nobody runs on it, and yet a pod that comes tomorrow would ask for it: by a tag, by a namespace, by a template at zero.
  await setTag(mesh, '1.30.0', 'legacy', OLD)
  await mesh.makeNamespace('late', { 'istio.io/rev': OLD })
  await mesh.apply(asleep())
  expect(await clickCard(rig, early, 'U0MEI', 'approval.approve')).toContain('CLUSTER_CHANGED')
  await said(rig, 'Something still leads to 1-30-0: ')
  const card = await openCard(rig, 'rehearsal')
  const refused = await clickCard(rig, card, 'U0MEI', 'approval.approve')
  expect(refused).toContain('OLD_STILL_RESOLVED')
  for (const name of ['tag legacy', 'late', 'outside']) expect(refused).toContain(name)
  await labelNamespace(mesh, 'late', 'prod-stable')
  await mesh.kubectl(['delete', 'deployment', 'asleep', '-n', 'outside'])
  await mesh.istioctl('1.30.0', ['tag', 'remove', 'legacy', '-y'])
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('CLUSTER_CHANGED')

  // Who was connected to the process that is gone may not be connected again yet.
  await mesh.waitFor('a card that can be approved', async () => {
    const newest = await openCard(rig, 'rehearsal')
    return newest.ts !== card.ts
  })
  expect(await mesh.killIstiod(OLD, false)).toBeGreaterThan(0)
  await said(rig, 'Withdrawn: rehearsal')
  await answers(rig, 'status', /Nobody has used 1-30-0 since/)
  passTime(DAY_MS)

  const rehearsal = await during(async () => {
    await startRehearsal(rig)
    await mesh.waitFor('OLD to be at zero', async () => (await replicasOf(mesh, `istiod-${OLD}`)) === 0)
    await labelNamespace(mesh, PINNED, OLD)
    await said(rig, 'Undone: rehearsal', 'somebody misses')
  })
  expect(rehearsal.faults).toEqual([])
  expect(await replicasOf(mesh, `istiod-${OLD}`)).toBeGreaterThan(0)
  await mesh.waitFor('OLD to inject again', async () => mesh.addressesOf(OLD).length > 0)
  await answers(rig, 'status', /1-30-0/)
  expect(rig.slack.transcript()).not.toContain('Done: rehearsal')
}, 600_000)

/** A workload at zero replicas whose pods would ask for OLD by their own label. */
function asleep(): KubeObject {
  const selector = { matchLabels: { app: 'asleep' } }
  const metadata = { labels: { app: 'asleep', 'istio.io/rev': OLD } }
  const containers = [{ name: 'app', image: 'registry.example.com/app:1' }]
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'asleep', namespace: 'outside' },
    spec: { replicas: 0, selector, template: { metadata, spec: { containers } } },
  } as KubeObject
}
