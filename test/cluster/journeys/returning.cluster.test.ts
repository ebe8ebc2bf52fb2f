import { afterAll, expect, test } from '@jest/globals'
import { answers } from '../../support/answers.ts'
import { clickCard, said } from '../../support/people.ts'
import { DAY_MS } from '../../support/retire-acts.ts'
import { until } from '../../support/until.ts'
import { probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { aCalendar } from './calendar.ts'
import { redeployAll } from './redeploy.ts'
import { aShop } from './shop.ts'
import { install, rollBack, stageFor, startSwitch } from './stage.ts'
import { tagged } from './tagged.ts'
import { CHANNELS, digests, heard, HOUR_MS, TEAMS, teamsIn, teamsOn, untilNoon } from './teams.ts'

const ALL = tenants('default')
const HALF = ALL.filter(({ namespace }) => ['payments', 'catalog'].includes(namespace))
const shop = await aShop()
afterAll(() => shop.close())
const { calendar, passTime } = aCalendar()
const stage = stageFor({
  prepare: tagged(ALL),
  classes: probeClasses(ALL),
  rig: { calendar, ...TEAMS, probes: [shop.probe] },
})

test('what tenants would notice in the switch undoes it at once; asked again, it goes through', async () => {
  const { mesh, rig, during } = stage()
  passTime(untilNoon(Date.now()))
  await install(rig)
  const breached = await during(
    async () => {
      const moved = mesh.waitFor('a new pod to get the new sidecar', async () => (await leadsTo()) === 'istiod-1-31-0')
      await startSwitch(rig)
      await moved
      shop.status = 503
      await said(rig, 'Undone: switch', 'The probe shop failed')
    },
    { flips: 2 },
  )
  expect(breached.faults).toEqual([])
  expect(await leadsTo()).toBe('istiod')
  shop.status = 200
  const undone = await said(rig, 'Undone: switch')
  await clickCard(rig, undone, 'U0LEE', 'approval.reask')
  const forward = await during(async () => {
    await startSwitch(rig)
    await said(rig, 'Done: switch')
  })
  expect(forward.faults).toEqual([])
}, 300_000)

test('5. a flush while pods move, and a worker away for a night: nothing is lost, and the digest comes once, late, and says so', async () => {
  const { mesh, rig } = stage()
  await answers(rig, 'status', /Pods on 1-31-0: \*0 of 15\*/)
  await until(() => heard(rig, 'orders').length === 1)
  await mesh.waitFor('the cluster to know where the message stands', async () =>
    (await kept()).includes(ordersMessage()),
  )
  await rig.redis.flush()
  await redeployAll(mesh, HALF, '1-31-0')
  await answers(rig, 'status', /Pods on 1-31-0: \*8 of 15\*/)
  expect(heard(rig, 'orders')).toHaveLength(1)

  await rig.worker().stop()
  await rig.redis.flush()
  passTime(18 * HOUR_MS)
  await rig.addWorker()
  await until(() => digests(rig).length === 1)
  const [digest = ''] = digests(rig)
  expect(digest).toContain('It comes late, because no worker was there at its time')
  expect(teamsIn(digest)).toEqual(await teamsOn(mesh, ALL, 'default'))
  expect(teamsIn(digest)).toEqual({ orders: 4, platform: 2, pinned: 1 })
  await answers(rig, 'status', /Pods on 1-31-0: \*8 of 15\*/)
  expect(digests(rig)).toHaveLength(1)
}, 300_000)

test('2. back after half of the migration: the new one stays for the pods that have it, none of which changes, and goes last', async () => {
  const { mesh, rig, during } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const back = await during(async () => {
    await rollBack(rig)
    await answers(rig, 'status', /Pods on default: \*7 of 15\*/)
  })
  expect(back.faults).toEqual([])
  expect(back.revisions['payments/api']).toEqual(['1-31-0', 'default'])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
  passTime(2 * DAY_MS)
  await answers(rig, 'status', /Before 1-31-0 may go: 8 pods/)
  expect(await mesh.object('deployments', 'istiod-1-31-0', 'istio-system')).not.toBeNull()
  expect(mesh.addressesOf('1-31-0').length).toBeGreaterThan(0)

  await redeployAll(mesh, HALF, 'default')
  await answers(rig, 'status', /Pods on default: \*15 of 15\*/)
  expect(await mesh.object('deployments', 'istiod-1-31-0', 'istio-system')).not.toBeNull()
  const removed = await during(async () => {
    passTime(DAY_MS)
    await said(rig, 'Returned: ')
  })
  expect(removed.faults).toEqual([])
  expect(await mesh.object('deployments', 'istiod-1-31-0', 'istio-system')).toBeNull()
  expect(Object.keys(await teamsOn(mesh, ALL, 'default')).sort()).toEqual([
    'catalog',
    'orders',
    'payments',
    'pinned',
    'platform',
  ])
}, 300_000)

/** All that Meshferry keeps in the cluster: what stands there is not asked of Redis. */
async function kept(): Promise<string> {
  return JSON.stringify(await stage().mesh.objects('configmaps', 'meshferry'))
}

/** The ts of the one message in the channel of orders. */
function ordersMessage(): string {
  const [message] = stage().rig.slack.messages(CHANNELS['orders'] ?? '')
  return message?.ts ?? 'none'
}

/** Where the default tag leads. */
async function leadsTo(): Promise<string | undefined> {
  type Webhooks = {
    readonly webhooks?: readonly { readonly clientConfig: { readonly service?: { readonly name: string } } }[]
  }
  const tag = await stage().mesh.object('mutatingwebhookconfigurations', 'istio-revision-tag-default')
  return (tag as Webhooks | null)?.webhooks?.[0]?.clientConfig.service?.name
}
