import { expect, test } from '@jest/globals'
import { switchOver } from '../support/acts.ts'
import { answers } from '../support/answers.ts'
import { clickCard, said } from '../support/people.ts'
import { NEW, redeploy } from './redeploy.ts'
import { atNoon, auditOf, DAY_MS, heard, HOUR_MS, letLeave, someLooks } from './teams-stage.ts'
import { until } from '../support/until.ts'

test('the first reminders wait for one click, over a killed worker and a flush, and are said to be held', async () => {
  const stage = await atNoon()
  const { rig, passTime } = stage
  await switchOver(rig)
  await until(() => heard(rig, 'C0PAY').length === 1)
  passTime(DAY_MS)
  const preview = await said(rig, 'wait for you', '[Send the reminders')
  const text = rig.slack.text(preview)
  expect(text).toMatch(/reminders to 2 teams[^]*none leaves before[^]*payments: 2 services, 5 pods[^]*shop: 1 service/)
  expect(text).toMatch(/What payments would read[^]*payments: 5 pods on prod-a still run/)
  await answers(rig, 'status', /Reminders to 2 teams are held/)
  expect(await clickCard(rig, preview, 'U0OUT', 'nudges.send')).toMatch(/MAY_NOT_NUDGE/)

  await rig.redis.flush()
  await rig.worker().stop()
  await rig.addWorker()
  passTime(9 * HOUR_MS + DAY_MS)
  await said(rig, '🌙', 'Reminders to 2 teams are held')
  passTime(15 * HOUR_MS)
  await someLooks()
  expect([heard(rig, 'C0PAY').length, heard(rig, 'C0SHOP').length]).toEqual([1, 1])
  expect(heard(rig, rig.channel).filter((one) => one.includes('wait for you'))).toHaveLength(1)

  await letLeave(rig)
  await until(() => heard(rig, 'C0PAY').length === 2 && heard(rig, 'C0SHOP').length === 2)
  await until(() => heard(rig, rig.channel).some((one) => /Lee sent them/.test(one)))
  expect(heard(rig, rig.channel).join(' ')).not.toContain('[Send the reminders')
  expect(await answers(rig, 'status', /1\.31\.0/)).not.toContain('are held')
  expect(auditOf(stage)).toContain('NUDGES_SENT')
}, 120_000)

test('the platform team is told on one click, once by each person, with team, channel and workloads', async () => {
  const stage = await atNoon()
  const { rig } = stage
  await switchOver(rig)
  await until(() => heard(rig, 'C0PAY').length === 1)
  const [told] = rig.slack.messages('C0PAY')
  if (!told) throw new Error('nothing was told')
  expect(rig.slack.text(told)).toContain('[Tell the platform team')
  expect(await clickCard(rig, told, 'U0OUT', 'team.tell-platform')).toMatch(/was told that team payments needs it/)
  const help = rig.slack.text(await said(rig, 'payments needs the platform team'))
  expect(help).toMatch(/\*Olga\* pressed[^]*Deployment pay\/api[^]*Deployment pay\/web/)
  expect(help).toMatch(/C0PAY|#payments/)
  expect(help).toContain('<@U0LEE>')
  expect(await clickCard(rig, told, 'U0OUT', 'team.tell-platform')).toMatch(/told the platform team already[^]* at /)
  expect(await clickCard(rig, told, 'U0SRE', 'team.tell-platform')).toMatch(/was told that team payments needs it/)
  await until(() => heard(rig, rig.channel).filter((one) => one.includes('needs the platform team')).length === 2)

  await rig.redis.flush()
  const after = async (): Promise<string> => clickCard(rig, told, 'U0MEI', 'team.tell-platform')
  let answer = await after()
  while (answer.includes('CARD_NOT_REMEMBERED')) {
    await someLooks()
    answer = await after()
  }
  expect(answer).toMatch(/团队 payments/)
  expect(heard(rig, 'C0PAY')).toHaveLength(1)
  expect(auditOf(stage)).toContain('PLATFORM_TOLD')
}, 120_000)

test('who does not answer: the third reminder mentions the contact, and after the last the cluster’s channel hears of it once', async () => {
  const window = { days: [1, 2, 3, 4, 5, 6, 7], from: 10 * 60, to: 18 * 60 }
  const stage = await atNoon({ settings: { nudge: { everyMs: DAY_MS, max: 3, window } } })
  const { rig, passTime } = stage
  const silence = (): number => heard(rig, rig.channel).filter((one) => /payments does not answer/.test(one)).length
  await switchOver(rig)
  await until(() => heard(rig, 'C0PAY').length === 1)
  passTime(DAY_MS)
  await letLeave(rig)
  for (const count of [2, 3, 4]) {
    await until(() => heard(rig, 'C0PAY').length === count)
    expect(/<@U0MEI>/.test(heard(rig, 'C0PAY')[count - 1] ?? '')).toBe(count === 4)
    expect(silence()).toBe(0)
    passTime(DAY_MS)
  }
  const text = rig.slack.text(await said(rig, 'payments does not answer'))
  expect(text).toMatch(/3 reminders[^]*contact is Mei[^]*Deployment pay\/api/)
  passTime(3 * DAY_MS)
  await someLooks()
  expect([silence(), heard(rig, 'C0PAY').length]).toEqual([1, 4])
  expect(heard(rig, 'C0PAY').filter((one) => one.includes('[Tell the platform team'))).toHaveLength(2)
  expect(auditOf(stage)).toContain('TEAM_SILENT')
}, 120_000)

test('reminders that nobody sent are closed when the upgrade is taken back, and those of the way back wait again', async () => {
  const { kube, rig, passTime } = await atNoon()
  await switchOver(rig)
  redeploy(kube, 'pay', 'web', NEW)
  await until(() => heard(rig, 'C0PAY').length === 1)
  passTime(DAY_MS)
  const preview = await said(rig, 'wait for you', '[Send the reminders')
  await rig.slack.command({ user: 'U0MEI', channel: rig.channel, text: 'rollback' })
  await until(() => /not sent any more/.test(rig.slack.text(preview)))
  expect(rig.slack.text(preview)).not.toContain('[')
  await until(() => heard(rig, 'C0PAY').length === 2)
  passTime(DAY_MS)
  const back = await said(rig, 'wait for you', '[Send the reminders')
  expect([back.ts === preview.ts, heard(rig, 'C0PAY').length]).toEqual([false, 2])
  expect(await clickCard(rig, back, 'U0LEE', 'nudges.send')).toMatch(/may leave/)
  await until(() => heard(rig, 'C0PAY').length === 3)
  expect(heard(rig, 'C0PAY')[2]).toMatch(/2 pods on prod-a still run the sidecar of Istio 1\.31\.0/)
}, 120_000)

test('reminders that were sent are closed when the upgrade is taken back; help is still heard, and nothing is answered to them', async () => {
  const { kube, rig, passTime } = await atNoon()
  await switchOver(rig)
  redeploy(kube, 'pay', 'web', NEW)
  await until(() => heard(rig, 'C0PAY').length === 1 && heard(rig, 'C0SHOP').length === 1)
  passTime(DAY_MS)
  await letLeave(rig)
  await until(() => heard(rig, 'C0PAY').length === 2 && heard(rig, 'C0SHOP').length === 2)
  await rig.slack.command({ user: 'U0MEI', channel: rig.channel, text: 'rollback' })
  await until(() => /nobody is asked to move to Istio 1\.31\.0 any more/.test(heard(rig, 'C0PAY')[1] ?? ''))
  await until(() => /不再请任何人换到 Istio 1\.31\.0/.test(heard(rig, 'C0SHOP')[1] ?? ''))
  expect(heard(rig, 'C0PAY')[1]).not.toContain('[')
  const [told] = rig.slack.messages('C0SHOP')
  if (!told) throw new Error('nothing was told')
  expect(await clickCard(rig, told, 'U0MEI', 'team.tell-platform')).toMatch(/团队 shop/)
  await said(rig, 'shop needs the platform team')
  await until(() => heard(rig, 'C0PAY').length === 3)
  expect(heard(rig, 'C0PAY').join(' ')).not.toMatch(/reminder 0|nudge 0/)
}, 120_000)
