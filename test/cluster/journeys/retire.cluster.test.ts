import { expect, test } from '@jest/globals'
import { answers } from '../../support/answers.ts'
import { clickCard, openCard, said } from '../../support/people.ts'
import { approveByName, DAY_MS, rehearse } from '../../support/retire-acts.ts'
import { installByIstioctl, setTag } from '../harness/installs.ts'
import type { Mesh } from '../harness/mesh.ts'
import { connectProxies } from '../harness/proxies.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { aCalendar } from './calendar.ts'
import { redeployAll } from './redeploy.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'

const ALL = tenants('default')
const { calendar, passTime } = aCalendar()
const stage = stageFor({
  prepare: async (mesh) => {
    await installByIstioctl(mesh, '1.30.0')
    await setTag(mesh, '1.30.0', 'prod-stable', 'default')
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
  rig: { calendar },
})
const FOLLOWERS = [
  'payments/api',
  'payments/ledger',
  'catalog/search',
  'orders/web',
  'pinned/legacy',
  'opted-in-pods/edge',
]
const PROXIES = [1, 2, 3].map((n) => ({
  address: `10.9.9.${n}`,
  name: `vm-${n}`,
  namespace: 'payments',
  version: '1.30.0',
}))

const KINDS = [
  'serviceaccounts',
  'clusterroles',
  'clusterrolebindings',
  'roles',
  'rolebindings',
  'configmaps',
  'services',
  'deployments',
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
]

/** What of Istio carries a revision's label; not the reader's account, which `istioctl uninstall --revision` leaves. */
async function objectsOf(mesh: Mesh, revision: string): Promise<readonly string[]> {
  const ran = await mesh.kubectl(['get', KINDS.join(','), '-A', '-l', `istio.io/rev=${revision}`, '-o', 'name'])
  const names = ran.stdout.split('\n').filter((name) => name && !name.endsWith('istio-reader-service-account'))
  return names.sort((a, b) => a.localeCompare(b))
}

test('the whole procedure by chat: 1.30.0 to 1.31.0, migrated, rehearsed, retired, and all of it taken back', async () => {
  const { mesh, rig, during } = stage()
  const before = await objectsOf(mesh, 'default')
  const forward = await during(async () => {
    await install(rig)
    await switchOver(rig)
  })
  expect(forward.faults).toEqual([])

  const close = await connectProxies(mesh, 'default', PROXIES)
  try {
    await answers(rig, 'status', /Pods on 1-31-0: \*0 of 15\*/)
    await redeployAll(mesh, ALL, '1-31-0')
    // The census is at zero; the istiods say that three proxies, which no pod explains, still hold on to the old one.
    await answers(rig, 'status', /Before default may go: .*3 proxies/)
    passTime(3 * DAY_MS)
    await answers(rig, 'status', /Before default may go: .*3 proxies/)
  } finally {
    await close()
  }
  await answers(rig, 'status', /Nobody has used default since/)
  passTime(DAY_MS)

  const uids = await mesh.uids(TENANTS_SELECTOR)
  const rehearsed = await during(async () => void (await rehearse(rig)))
  expect(rehearsed.faults).toEqual([])
  for (const name of FOLLOWERS) expect(rehearsed.revisions[name]).toEqual(['1-31-0'])

  const retired = await during(async () => {
    const card = await openCard(rig, 'retire')
    await approveByName(rig, card, 'U0MEI', rig.cluster)
    await approveByName(rig, card, 'U0SRE', rig.cluster)
    await clickCard(rig, card, 'U0LEE', 'approval.start')
    await said(rig, 'Done: retire')
  })
  expect(retired.faults).toEqual([])
  for (const name of FOLLOWERS) expect(retired.revisions[name]).toEqual(['1-31-0'])
  expect(await objectsOf(mesh, 'default')).toEqual([])

  const back = await during(async () => {
    await rollBack(rig)
    await answers(rig, 'status', /Pods on default: \*0 of 15\*/)
  })
  expect(back.faults).toEqual([])
  for (const name of FOLLOWERS) expect(back.revisions[name]).toEqual(['1-31-0', 'default'])
  expect(await objectsOf(mesh, 'default')).toEqual(before)
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)

  // The new one goes only when nobody uses it, by both sources, for as long.
  await redeployAll(mesh, ALL, 'default')
  await answers(rig, 'status', /Pods on default: \*15 of 15\*/)
  expect(await mesh.object('deployments', 'istiod-1-31-0', 'istio-system')).not.toBeNull()
  passTime(DAY_MS)
  await said(rig, 'Returned: ')
  expect(await mesh.object('deployments', 'istiod-1-31-0', 'istio-system')).toBeNull()
}, 600_000)
