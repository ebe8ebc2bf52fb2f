import { expect, test } from '@jest/globals'
import { answerTo, startSwitch } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import { atNoon, DAY_MS, heard, HOUR_MS, letLeave } from './teams-stage.ts'
import { until } from '../support/until.ts'

test('the day asked for with “by” stands in the reminder, the digest, the long wait and the status', async () => {
  const { rig, passTime } = await atNoon()
  const now = rig.parts.clocks.calendar.now()
  const day = new Date(now + 6 * DAY_MS).toISOString().slice(0, 10)
  await rig.slack.command({ user: 'U0LEE', channel: rig.channel, text: `upgrade to 1.31.0 by ${day}` })
  await clickCard(rig, await openCard(rig, 'install'), 'U0MEI', 'approval.approve')
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  await until(() => heard(rig, 'C0PAY').length === 1)
  expect(await answerTo(rig, 'U0LEE', 'status')).toMatch(new RegExp(`6 days to the deadline, ${day}`))
  expect(rig.slack.text(await said(rig, 'of the pods run'))).toContain(`6 days to the deadline, ${day}.`)

  passTime(9 * HOUR_MS + 60_000)
  const digest = rig.slack.text(await said(rig, '🌙', `6 days to the deadline, ${day}.`))
  expect(digest).toMatch(/\*payments\* {3}pods 5/)
  passTime(15 * HOUR_MS)
  await letLeave(rig)
  await until(() => heard(rig, 'C0PAY').length === 2 && heard(rig, 'C0SHOP').length === 2)
  const [told = '', reminder = ''] = heard(rig, 'C0PAY')
  expect(reminder).toContain(`Please redeploy 2 services (5 pods) by ${day}.`)
  expect(heard(rig, 'C0SHOP')[1]).toMatch(new RegExp(`请在 ${day} 前（含当日）重新发布 1 个服务`))
  // Who has a question finds where it was asked for, on each card of a team.
  for (const card of [told, reminder]) expect(card).toMatch(/Questions: (<#C0PROD>|#prod)/)
  for (const card of heard(rig, 'C0SHOP')) expect(card).toMatch(/有疑问请到：(<#C0PROD>|#prod)/)

  // The day after, nobody is asked by a day that has gone.
  passTime(7 * DAY_MS)
  await until(() => heard(rig, 'C0PAY').length >= 3)
  expect(heard(rig, 'C0PAY').at(-1)).toContain(`The deadline was ${day}: please redeploy 2 services`)
}, 120_000)
