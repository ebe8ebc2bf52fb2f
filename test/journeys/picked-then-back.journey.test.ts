import { expect, test } from '@jest/globals'
import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import { command, rollBack } from '../support/acts.ts'
import { finalAnswer } from '../support/people.ts'
import type { Rig } from '../support/rig.ts'
import { until } from '../support/until.ts'
import { recordOf } from './attackers.ts'
import { anOwnersStage, dialogOf, reminder, sendDialog, tenantWrites } from './owners.ts'
import { NEW, redeploy } from './redeploy.ts'
import { auditOf, someLooks } from './teams-stage.ts'

const HOUR_MS = 3_600_000

/** Sam picks a time two hours ahead for pay/api; the card that says so. */
async function pickTime(rig: Rig, card: SlackMessage): Promise<SlackMessage> {
  const when = Math.floor((Date.now() + 2 * HOUR_MS) / 1000)
  await dialogOf(rig, { card, user: 'U0SRE', choose: 'pay/api', says: /datetimepicker/, action: 'team.restart-later' })
  expect(await sendDialog(rig, 'U0SRE', { when })).toMatch(/Deployment api in pay will be restarted at/)
  return rig.slack.waitFor(
    () => rig.slack.messages('C0PAY').find((one) => rig.slack.text(one).includes('[Take it back]')),
    60_000,
  )
}

test('pods that moved are on their way back: the picked time is dropped with a word at once, and nothing is restarted at it', async () => {
  const stage = await anOwnersStage()
  const { kube, rig, passTime } = stage
  const card = await reminder(rig, 'C0PAY')
  const planned = await pickTime(rig, card)
  redeploy(kube, 'pay', 'web', NEW)
  await until(() => recordOf(stage).run.state === 'switched')
  await command(rig, 'U0MEI', 'rollback')
  await until(() => recordOf(stage).run.state === 'returning')
  await until(() => /api was not restarted/.test(rig.slack.text(planned)))
  expect(rig.slack.text(planned)).toMatch(/goes the other way since[^]*Nothing was restarted/)
  expect(rig.slack.text(planned)).not.toContain('[')
  expect(auditOf(stage)).toMatch(/RESTART_DROPPED[^}]*RESTART_TURNED/)

  // A click on what it showed before changes nothing, and is answered.
  const late = await rig.slack.click({
    user: 'U0SRE',
    channel: 'C0PAY',
    ts: planned.ts,
    actionId: 'restart.cancel',
    forge: { value: 'x' },
  })
  expect(await finalAnswer(rig, late)).not.toBe('')
  await rig.worker().stop()
  await rig.addWorker()
  passTime(3 * HOUR_MS)
  await someLooks()
  expect(tenantWrites(kube)).toEqual([])
}, 180_000)

test('taken back before any pod moved: the run ends, the picked time ends with it, also over a flush and another worker', async () => {
  const stage = await anOwnersStage()
  const { kube, rig, passTime } = stage
  const planned = await pickTime(rig, await reminder(rig, 'C0PAY'))
  await rollBack(rig)
  await rig.redis.flush()
  await rig.worker().stop()
  await rig.addWorker()
  await until(() => /api was not restarted/.test(rig.slack.text(planned)))
  expect(rig.slack.text(planned)).not.toContain('[')
  passTime(3 * HOUR_MS)
  await someLooks()
  expect(tenantWrites(kube)).toEqual([])
  expect(rig.slack.text(planned)).not.toContain('no meaning')
  expect(rig.slack.messages('C0PAY').filter((one) => /api was not restarted/.test(rig.slack.text(one)))).toHaveLength(1)
}, 180_000)
