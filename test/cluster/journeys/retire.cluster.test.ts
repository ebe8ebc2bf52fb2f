import { afterAll, expect, test } from '@jest/globals'
import { answers } from '../../support/answers.ts'
import { clickCard, openCard, said } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import { approveByName, DAY_MS, rehearse } from '../../support/retire-acts.ts'
import type { Mesh } from '../harness/mesh.ts'
import { connectProxies } from '../harness/proxies.ts'
import { probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { aCalendar } from './calendar.ts'
import { redeployAll } from './redeploy.ts'
import { aShop } from './shop.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'
import { tagged } from './tagged.ts'
import { CHANNELS, digests, heard, HOUR_MS, TEAMS, teamsIn, teamsOn, untilNoon } from './teams.ts'

const ALL = tenants('default')
const shop = await aShop()
afterAll(() => shop.close())
const { calendar, passTime } = aCalendar()
const stage = stageFor({
  prepare: tagged(ALL),
  classes: probeClasses(ALL),
  rig: { calendar, ...TEAMS, probes: [shop.probe] },
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

/** From the team's place to 21:01 of the same day; the digest of that night, when there is one more. */
async function nextNight(fromHour: number): Promise<string> {
  const { rig } = stage()
  const before = digests(rig).length
  passTime((21 - fromHour) * HOUR_MS + 60_000)
  await until(() => digests(rig).length > before)
  return digests(rig).at(-1) ?? ''
}

/** Pods of tenants by their uid, as they were seen last. */
let uids: Readonly<Record<string, string>> = {}

/** Nobody's pod is another one but of the teams that redeployed since the last look. */
async function othersUnchanged(...redeployed: readonly string[]): Promise<void> {
  const now = await stage().mesh.uids(TENANTS_SELECTOR)
  const mine = ALL.filter(({ labels }) => redeployed.includes(labels['team'] ?? '')).map(({ namespace }) => namespace)
  const others = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(all).filter(([pod]) => !mine.includes(pod.split('/')[0] ?? '')))
  expect(others(now)).toEqual(others(uids))
  uids = now
}

/** Redeployed by their team; the digest and the reminders follow what the cluster then says. */
async function redeployTeams(...teams: readonly string[]): Promise<void> {
  const { mesh, rig } = stage()
  await redeployAll(
    mesh,
    ALL.filter(({ labels }) => teams.includes(labels['team'] ?? '')),
    '1-31-0',
  )
  await othersUnchanged(...teams)
  const left = Object.values(await teamsOn(mesh, ALL, 'default')).reduce((sum, pods) => sum + pods, 0)
  await answers(rig, 'status', new RegExp(`Pods on 1-31-0: \\*${15 - left} of 15\\*`))
}

/** How many messages each team's channel holds. */
function counts(): Readonly<Record<string, number>> {
  const { rig } = stage()
  return Object.fromEntries(Object.keys(CHANNELS).map((team) => [team, heard(rig, team).length]))
}

/** The first reminders wait for whoever runs the upgrade to have read them, and leave on one click. */
async function letLeave(): Promise<void> {
  const { rig } = stage()
  const preview = await said(rig, 'wait for you', '[Send the reminders')
  expect(Object.values(counts())).toEqual([1, 1, 1, 1])
  await clickCard(rig, preview, 'U0LEE', 'nudges.send')
  await until(() => /Lee sent them/.test(rig.slack.text(preview)))
}

/** Three nights from the switch on: who is named is who is left, and who is asked is who is left and has a channel. */
async function threeNights(): Promise<void> {
  const { mesh, rig } = stage()
  await until(() => Object.values(counts()).every((count) => count === 1))
  const first = await nextNight(12)
  expect(teamsIn(first)).toEqual({ payments: 5, catalog: 3, orders: 4, platform: 2, pinned: 1 })
  expect(teamsIn(first)).toEqual(await teamsOn(mesh, ALL, 'default'))

  passTime(16 * HOUR_MS)
  await letLeave()
  await until(() => Object.values(counts()).every((count) => count === 2))
  expect(heard(rig, 'payments')[1]).toMatch(
    /5 pods on prod-a[\s\S]*kubectl rollout restart deployment\/api -n payments/,
  )
  expect(heard(rig, 'payments')[1]).not.toMatch(/catalog|orders/)
  await redeployTeams('payments')
  await until(() => /payments: all your pods on prod-a run Istio 1\.31\.0/.test(heard(rig, 'payments')[1] ?? ''))
  const second = await nextNight(13)
  expect(second).toMatch(/33 % of the pods[\s\S]*5 pods moved/)
  expect(teamsIn(second)).toEqual({ catalog: 3, orders: 4, platform: 2, pinned: 1 })

  await redeployTeams('catalog', 'orders')
  // A thank-you waits for working hours, as a reminder does.
  passTime(16 * HOUR_MS)
  const thanked = (team: string): boolean =>
    (heard(rig, team)[1] ?? '').includes('all your pods on prod-a run Istio 1.31.0')
  await until(() => thanked('catalog') && thanked('orders') && counts()['pinned'] === 3)
  const third = await nextNight(13)
  expect(teamsIn(third)).toEqual(await teamsOn(mesh, ALL, 'default'))
  expect(teamsIn(third)).toEqual({ platform: 2, pinned: 1 })
  expect(counts()).toEqual({ payments: 2, catalog: 2, orders: 2, pinned: 3 })
  expect(digests(rig).join()).not.toMatch(/<@|<!(?!date)/)
}

/** What of Istio carries a revision's label; not the reader's account, which `istioctl uninstall --revision` leaves. */
async function objectsOf(mesh: Mesh, revision: string): Promise<readonly string[]> {
  const ran = await mesh.kubectl(['get', KINDS.join(','), '-A', '-l', `istio.io/rev=${revision}`, '-o', 'name'])
  const names = ran.stdout.split('\n').filter((name) => name && !name.endsWith('istio-reader-service-account'))
  return names.sort((a, b) => a.localeCompare(b))
}

test('the whole procedure by chat: 1.30.0 to 1.31.0, migrated, rehearsed, retired, and all of it taken back', async () => {
  const { mesh, rig, during } = stage()
  const before = await objectsOf(mesh, 'default')
  uids = await mesh.uids(TENANTS_SELECTOR)
  passTime(untilNoon(Date.now()))
  const forward = await during(async () => {
    await install(rig)
    await switchOver(rig)
  })
  expect(forward.faults).toEqual([])
  await othersUnchanged()
  expect(rig.slack.text(await said(rig, 'Done: switch'))).toMatch(/Probe shop: \d+ requests, 0 failed/)

  const close = await connectProxies(mesh, 'default', PROXIES)
  try {
    await answers(rig, 'status', /Pods on 1-31-0: \*0 of 15\*/)
    await threeNights()
    await redeployTeams('platform', 'pinned')
    // The census is at zero; the istiods say that three proxies, which no pod explains, still hold on to the old one.
    await answers(rig, 'status', /Before default may go: .*3 proxies/)
    passTime(3 * DAY_MS)
    await answers(rig, 'status', /Before default may go: .*3 proxies/)
  } finally {
    await close()
  }
  await answers(rig, 'status', /Nobody has used default since/)
  passTime(DAY_MS)

  await othersUnchanged()
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
  expect(rig.slack.text(await said(rig, 'Done: retire'))).toMatch(/Probe shop: \d+ requests, 0 failed/)
  await answers(rig, 'report', /new sidecar: \*15\*[\s\S]+written by Meshferry: \*0\*/)

  const back = await during(async () => {
    await rollBack(rig)
    await answers(rig, 'status', /Pods on default: \*0 of 15\*/)
  })
  // Proxies of the old version find their control plane again; it would throw if one could not connect.
  await (
    await connectProxies(mesh, 'default', PROXIES)
  )()
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
