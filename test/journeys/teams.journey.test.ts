import { expect, test } from '@jest/globals'
import { switchOver } from '../support/acts.ts'
import { answers } from '../support/answers.ts'
import { choose, said } from '../support/people.ts'
import { NEW, OLD, redeploy } from './redeploy.ts'
import { atNoon, DAY_MS, heard, HOUR_MS, letLeave, someLooks } from './teams-stage.ts'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { until } from '../support/until.ts'

test('each team hears in its own channel, in its language, of its own workloads alone, and no more once it is done', async () => {
  const { kube, rig, passTime } = await atNoon()
  await switchOver(rig)
  await until(() => heard(rig, 'C0PAY').length === 1 && heard(rig, 'C0SHOP').length === 1)
  expect(heard(rig, 'C0PAY')[0]).toMatch(
    /payments: from now on your deploys on prod-a carry Istio 1\.31\.0[\s\S]*You need do nothing/,
  )
  expect(heard(rig, 'C0PAY')[0]).not.toContain('<@')
  expect(heard(rig, 'C0SHOP')[0]).toMatch(/你们无需做任何事/)

  passTime(12 * HOUR_MS)
  await someLooks()
  expect(heard(rig, 'C0PAY')).toHaveLength(1)

  passTime(12 * HOUR_MS + 60_000)
  await letLeave(rig)
  await until(() => heard(rig, 'C0PAY').length === 2 && heard(rig, 'C0SHOP').length === 2)
  const nudge = heard(rig, 'C0PAY')[1] ?? ''
  expect(nudge).toMatch(/payments: 5 pods on prod-a still run the sidecar of Istio 1\.30\.0/)
  expect(nudge).toMatch(/kubectl rollout restart deployment\/api -n pay/)
  expect(nudge).toMatch(/your team’s contact: Mei {3}reminder 1 of 2/)
  expect(nudge).not.toContain('<@')
  expect(nudge).not.toContain('shop/')

  // It is a live card: what moved is not asked for any more.
  redeploy(kube, 'pay', 'api', NEW)
  passTime(11 * 60_000)
  await until(() => /payments: 2 pods on prod-a still run/.test(heard(rig, 'C0PAY')[1] ?? ''))
  expect(heard(rig, 'C0PAY')[1]).toMatch(/deployment\/web -n pay[^]*Remind us/)
  expect(heard(rig, 'C0PAY')[1]).not.toContain('deployment/api')
  redeploy(kube, 'pay', 'web', NEW)
  await until(() => /payments: all your pods on prod-a run Istio 1\.31\.0/.test(heard(rig, 'C0PAY')[1] ?? ''))
  expect(heard(rig, 'C0PAY')[1]).not.toMatch(/Remind us|Not ours|still run/)
  passTime(DAY_MS)
  await until(() => heard(rig, 'C0SHOP').length === 3)
  await until(() => /较新提醒/.test(heard(rig, 'C0SHOP')[1] ?? ''))
  expect(heard(rig, 'C0SHOP')[1]).not.toMatch(/\[/)
  expect(heard(rig, 'C0SHOP')[2]).toMatch(/\[告诉平台团队[^]*再提醒/)
  passTime(DAY_MS)
  await someLooks()
  expect([heard(rig, 'C0PAY').length, heard(rig, 'C0SHOP').length]).toEqual([2, 3])

  // What is left is removed: nobody moved it, and nobody is asked any more.
  for (const { metadata } of kube.list('v1', 'Pod', 'shop')) kube.remove('v1', 'Pod', metadata.name, 'shop')
  await answers(rig, 'stragglers shop', /0/)
  await someLooks()
  expect(heard(rig, 'C0SHOP')[2]).toContain('[')
  passTime(11 * 60_000)
  await until(() => /你们已没有 Pod 使用旧 sidecar/.test(heard(rig, 'C0SHOP')[2] ?? ''))
  expect(heard(rig, 'C0SHOP')[2]).not.toMatch(/\[|谢谢/)
  expect(heard(rig, 'C0SHOP')).toHaveLength(3)
}, 120_000)

test('a team may ask for a later day, and say that a workload is not its own; both are in the audit', async () => {
  const { kube, rig, passTime } = await atNoon()
  await switchOver(rig)
  await until(() => heard(rig, 'C0PAY').length === 1)
  passTime(DAY_MS)
  await letLeave(rig)
  await until(() => heard(rig, 'C0PAY').length === 2)
  const [, nudge] = rig.slack.messages('C0PAY')
  if (!nudge) throw new Error('there is no reminder')
  const days = [...rig.slack.text(nudge).matchAll(/Remind us on (\d{4}-\d\d-\d\d)/g)].map(([, day = '']) => day)
  expect(days).toHaveLength(4)
  const snoozed = await choose(rig, nudge, 'U0OUT', 'team.more', `snooze.${days[2]}`)
  expect(snoozed).toMatch(/payments is not reminded before/)
  await until(() => /Olga: no reminder before/.test(heard(rig, 'C0PAY')[1] ?? ''))
  expect(heard(rig, 'C0PAY')[1]).not.toContain('[Not ours')
  expect(heard(rig, 'C0PAY')[1]).toContain('Take the answer back')
  passTime(5 * DAY_MS)
  await someLooks()
  expect(heard(rig, 'C0PAY')).toHaveLength(2)
  passTime(2 * DAY_MS)
  await until(() => heard(rig, 'C0PAY').length === 3)

  const [, , second] = rig.slack.messages('C0PAY')
  if (!second) throw new Error('there is no second reminder')
  seedWorkload(kube, { namespace: 'pay', name: 'late', inject: OLD })
  await answers(rig, 'stragglers payments', /pay\/late/)
  const disowned = await choose(rig, second, 'U0MEI', 'team.more', 'not-ours')
  expect(disowned).toMatch(/pay 中的 Deployment api/)
  expect(disowned).not.toMatch(/late/)
  expect(rig.slack.text(await said(rig, 'payments says', 'not theirs'))).toMatch(
    /Mei answered so[\s\S]+pay\/Deployment\/web|pay\/web/,
  )
  passTime(3 * DAY_MS)
  await someLooks()
  expect(heard(rig, 'C0PAY')).toHaveLength(3)
  expect(await answers(rig, 'stragglers', /pay/)).toContain('payments')
  const audit = JSON.stringify(
    kube.list('v1', 'ConfigMap', 'meshferry').filter(({ metadata }) => metadata.name.startsWith('audit-')),
  )
  for (const code of ['TEAM_TOLD', 'TEAM_SNOOZED', 'TEAM_NOT_OURS']) expect(audit).toContain(code)
}, 120_000)

test('a redeploy makes it quiet for a day; a flush and another worker repeat nothing', async () => {
  const { kube, rig, passTime } = await atNoon()
  await switchOver(rig)
  await until(() => heard(rig, 'C0PAY').length === 1)
  passTime(DAY_MS - HOUR_MS)
  redeploy(kube, 'pay', 'api', NEW)
  await answers(rig, 'stragglers payments', /old sidecar: 2/)
  // The worker looks by itself a moment later, and notes when pods moved by the calendar of that moment.
  await someLooks()
  passTime(2 * HOUR_MS)
  await someLooks()
  await rig.redis.flush()
  await rig.worker().stop()
  await rig.addWorker()
  await someLooks()
  expect(heard(rig, 'C0PAY')).toHaveLength(1)
  passTime(22 * HOUR_MS)
  await letLeave(rig)
  await until(() => heard(rig, 'C0PAY').length === 2)
  expect(heard(rig, 'C0PAY')[1]).toMatch(/2 pods on prod-a still run/)
}, 120_000)

test('with a deadline a reminder asks by its day, and after it says that it has passed; the audit has the day', async () => {
  const { kube, rig, passTime } = await atNoon({ settings: { deadlineMs: DAY_MS + HOUR_MS } })
  await switchOver(rig)
  await until(() => heard(rig, 'C0PAY').length === 1)
  expect(heard(rig, 'C0PAY')[0]).not.toMatch(/deadline|Please redeploy/)
  passTime(DAY_MS)
  await letLeave(rig)
  await until(() => heard(rig, 'C0PAY').length === 2 && heard(rig, 'C0SHOP').length === 2)
  const [, day = ''] =
    /\*Please redeploy 2 services \(5 pods\) by (\d{4}-\d\d-\d\d)\.\*/.exec(heard(rig, 'C0PAY')[1] ?? '') ?? []
  expect(heard(rig, 'C0PAY')[1]).toMatch(/The same version is fine, no code change[\s\S]+nothing breaks/)
  expect(heard(rig, 'C0SHOP')[1]).toMatch(new RegExp(`请在 ${day} 前（含当日）重新发布 1 个服务（\\d 个 Pod）。`))
  passTime(DAY_MS + HOUR_MS)
  await until(() => heard(rig, 'C0PAY').length === 3)
  // The last of two: the contact before the platform team.
  expect(heard(rig, 'C0PAY').map((one) => one.includes('<@U0MEI>'))).toEqual([false, false, true])
  expect(heard(rig, 'C0PAY')[2]).toContain(`The deadline was ${day}: please redeploy 2 services (5 pods)`)
  const audit = kube.list('v1', 'ConfigMap', 'meshferry').filter(({ metadata }) => metadata.name.startsWith('audit-'))
  expect(JSON.stringify(audit)).toContain(`\\"by\\":\\"${day}\\"`)
}, 120_000)

test('what no team owns is asked for in its channel, with a label or a redeploy to do; a team called unowned is another', async () => {
  const channels = ['C0PAY', 'C0SHOP', 'C0OWN', 'C0REAL'].map((id) => ({ id, name: id.toLowerCase() }))
  const { kube, rig, passTime } = await atNoon({
    channels,
    teams: { unowned: { channel: 'C0REAL' }, payments: { channel: 'C0PAY' } },
    settings: { unowned: { channel: 'C0OWN' } },
  })
  seedNamespace(kube, { name: 'stray', labels: { 'istio-injection': 'enabled', team: '' } })
  seedNamespace(kube, { name: 'real', labels: { 'istio-injection': 'enabled', team: 'unowned' } })
  seedWorkload(kube, { namespace: 'stray', name: 'tool', replicas: 2, inject: OLD })
  seedWorkload(kube, { namespace: 'stray', name: 'job', inject: OLD })
  seedWorkload(kube, { namespace: 'real', name: 'app', inject: OLD })
  await switchOver(rig)
  await until(() => heard(rig, 'C0OWN').length === 1 && heard(rig, 'C0REAL').length === 1)
  expect(heard(rig, 'C0OWN')[0]).toMatch(/4 pods that no team owns still run the sidecar of Istio 1\.30\.0/)
  expect(heard(rig, 'C0OWN')[0]).toMatch(/label or annotation `team`[^]+stray\/tool/)
  expect(heard(rig, 'C0OWN')[0]).not.toMatch(/real\/app|pay\//)
  expect(heard(rig, 'C0REAL')[0]).toMatch(/unowned: from now on your deploys/)

  passTime(DAY_MS)
  await letLeave(rig)
  await until(() => heard(rig, 'C0OWN').length === 2)
  const [, nudge] = rig.slack.messages('C0OWN')
  if (!nudge) throw new Error('there is no reminder')
  expect(rig.slack.text(nudge)).toMatch(/reminder 1 of 2/)
  expect(rig.slack.text(nudge)).not.toContain('[Not ours')
  const [, day] = /Remind us on \d{4}-\d\d-\d\d \/ Remind us on (\d{4}-\d\d-\d\d)/.exec(rig.slack.text(nudge)) ?? []
  expect(await choose(rig, nudge, 'U0LEE', 'team.more', `snooze.${day}`)).toMatch(
    /What no team owns is not asked for before/,
  )
  passTime(2 * DAY_MS)
  await someLooks()
  expect(heard(rig, 'C0OWN')).toHaveLength(2)
  expect(heard(rig, 'C0REAL').length).toBeGreaterThan(2)

  // Labelled by somebody: the team that it names is asked instead.
  seedNamespace(kube, { name: 'stray', labels: { 'istio-injection': 'enabled', team: 'payments' } })
  await until(() => /all pods that no team owns run Istio 1\.31\.0/.test(heard(rig, 'C0OWN')[1] ?? ''))
  await answers(rig, 'stragglers payments', /stray\/tool/)
  const audit = kube.list('v1', 'ConfigMap', 'meshferry').filter(({ metadata }) => metadata.name.startsWith('audit-'))
  for (const code of ['UNOWNED_TOLD', 'UNOWNED_SNOOZED']) expect(JSON.stringify(audit)).toContain(code)
}, 120_000)
