import { expect, test } from '@jest/globals'
import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import { finalAnswer } from '../support/people.ts'
import type { Rig } from '../support/rig.ts'
import { until } from '../support/until.ts'
import { anOwnersStage, dialogOf, reminder, rolledOut, sendDialog, tenantWrites } from './owners.ts'
import { NEW, redeploy } from './redeploy.ts'
import { someLooks } from './teams-stage.ts'

const HOUR_MS = 3_600_000

function withText(rig: Rig, words: string): SlackMessage | undefined {
  return rig.slack.messages('C0PAY').find((one) => rig.slack.text(one).includes(words))
}

async function heard(rig: Rig, words: RegExp): Promise<void> {
  await rig.slack.waitFor(() => rig.slack.messages('C0PAY').find((one) => words.test(rig.slack.text(one))), 60_000)
}

test('at a picked time one workload is restarted; another that moved by itself before is dropped with a word', async () => {
  const { kube, rig, passTime } = await anOwnersStage()
  const card = await reminder(rig, 'C0PAY')
  const inHours = (hours: number): number => Math.floor((Date.now() + hours * HOUR_MS) / 1000)
  const pick = async (choose: string, at: number): Promise<string> => {
    await dialogOf(rig, { card, user: 'U0SRE', choose, says: /datetimepicker/, action: 'team.restart-later' })
    return sendDialog(rig, 'U0SRE', { when: at })
  }
  expect(await pick('pay/api', inHours(-1))).toMatch(/A time must lie ahead/)
  expect(await pick('pay/api', inHours(2))).toMatch(/Deployment api in pay will be restarted at/)
  expect(await pick('pay/web', inHours(3))).toMatch(/Deployment web in pay will be restarted at/)
  await dialogOf(rig, { card, user: 'U0SRE', choose: 'pay/web', says: /or a time was picked for it/ })
  await rig.slack.closeModal({ user: 'U0SRE' })
  redeploy(kube, 'pay', 'web', NEW)
  await heard(rig, /web was not restarted[\s\S]*it moved by itself before/)

  // Another worker keeps what this one was told.
  await rig.worker().stop()
  await rig.addWorker()
  passTime(HOUR_MS)
  expect(tenantWrites(kube)).toEqual([])
  passTime(HOUR_MS)
  await until(() => tenantWrites(kube).length === 1)
  rolledOut(kube, 'pay', 'api')
  await heard(rig, /api was restarted and is healthy/)
  expect(tenantWrites(kube).map(({ url }) => url)).toEqual([
    '/apis/apps/v1/namespaces/pay/deployments/api?fieldManager=meshferry-owner',
  ])
}, 180_000)

test('a picked time is taken back by somebody of the team, also after Redis was flushed; nothing is restarted at it', async () => {
  const { kube, rig, passTime } = await anOwnersStage()
  const card = await reminder(rig, 'C0PAY')
  const at = Math.floor((Date.now() + 2 * HOUR_MS) / 1000)
  await dialogOf(rig, { card, user: 'U0SRE', choose: 'pay/api', says: /datetimepicker/, action: 'team.restart-later' })
  expect(await sendDialog(rig, 'U0SRE', { when: at })).toMatch(/Deployment api in pay will be restarted at/)
  const planned = await rig.slack.waitFor(() => withText(rig, '[Take it back]'), 60_000)
  const takeBack = async (user: string): Promise<string> =>
    finalAnswer(rig, await rig.slack.click({ user, channel: 'C0PAY', ts: planned.ts, actionId: 'restart.cancel' }))
  expect(await takeBack('U0OUT')).toMatch(/Only somebody of payments/)
  expect(rig.slack.text(planned)).toContain('[Take it back]')

  await rig.redis.flush()
  while ((await takeBack('U0MEI')).includes('CARD_NOT_REMEMBERED')) await someLooks()
  await heard(rig, /api was not restarted[\s\S]*was taken back by Mei/)
  expect(rig.slack.text(planned)).not.toContain('[Take it back]')
  passTime(3 * HOUR_MS)
  await someLooks()
  expect(tenantWrites(kube)).toEqual([])
}, 180_000)

test('while Slack does not say who is of the team nobody restarts anything; pressed twice it is restarted once', async () => {
  const { kube, rig } = await anOwnersStage()
  const card = await reminder(rig, 'C0PAY')
  rig.slack.trouble.failNext('usergroups.users.list', { error: 'fatal_error' }, 1)
  await dialogOf(rig, { card, user: 'U0SRE', choose: 'pay/api', says: /did not say who belongs/ })
  expect(JSON.stringify(rig.slack.views('U0SRE').at(-1)?.view)).not.toContain('"submit":{')
  await rig.slack.closeModal({ user: 'U0SRE' })

  await dialogOf(rig, { card, user: 'U0SRE', choose: 'pay/api', says: /"submit":\{/ })
  const first = await rig.slack.submit({ user: 'U0SRE' })
  await rig.slack.again(first)
  expect(await finalAnswer(rig, first)).toMatch(/is being restarted/)
  await until(() => tenantWrites(kube).length === 1)
  rolledOut(kube, 'pay', 'api')
  await heard(rig, /api was restarted and is healthy/)
  expect(tenantWrites(kube)).toHaveLength(1)
}, 180_000)

test('by default there is no button, and a forged one restarts nothing', async () => {
  const { kube, rig } = await anOwnersStage({ settings: { restarts: 'off' } })
  const card = await reminder(rig, 'C0PAY')
  expect(rig.slack.text(card)).not.toMatch(/Restart now|Pick a time/)
  const { channel, ts } = card
  const [blockId] = JSON.stringify(card).match(/act\.[^"]+/) ?? []
  const seen = await rig.slack.click({
    user: 'U0SRE',
    channel,
    ts,
    actionId: 'team.restart',
    forge: { value: 'x', ...(blockId ? { blockId } : {}) },
  })
  expect(await finalAnswer(rig, seen)).toMatch(/RESTARTS_OFF/)
  expect(rig.slack.views('U0SRE')).toEqual([])
  expect(tenantWrites(kube)).toEqual([])
}, 120_000)
