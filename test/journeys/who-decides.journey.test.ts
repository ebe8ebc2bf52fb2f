import { expect, test } from '@jest/globals'
import { askUpgrade, install, reject } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import { aStage } from './stage.ts'

const DAY = 24 * 3_600_000

test('a rejection with its reason is final; asking again opens a new card', async () => {
  const { kube, rig, tenants } = await aStage()
  const card = await askUpgrade(rig)
  await reject(rig, card, 'U0MEI', 'payday, not today')
  const shown = await said(rig, 'payday, not today')
  expect(shown.ts).toBe(card.ts)
  expect(rig.slack.text(shown)).not.toContain('[Approve')
  const late = await rig.slack.click({
    user: 'U0MEI',
    channel: rig.channel,
    ts: card.ts,
    actionId: 'approval.approve',
    asOf: 0,
  })
  // The answer to the rejection itself may come in between.
  const lateWords = /卡片已被拒绝.*Mei.*payday|rejected by Mei.*payday/is
  await rig.slack.waitFor(() => late.answers().find((one) => lateWords.test(rig.slack.text(one))), 60_000)

  await clickCard(rig, card, 'U0LEE', 'approval.reask')
  const again = await openCard(rig, 'install')
  expect(again.ts).not.toBe(card.ts)
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  await clickCard(rig, again, 'U0MEI', 'approval.approve')
  await openCard(rig, 'switch')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeDefined()
  expect(tenants.seen('shop')).toEqual(['default'])
}, 90_000)

test('a card that nobody decides expires, and so does an approval that nobody starts', async () => {
  const { rig, tenants, passTime } = await aStage()
  const card = await askUpgrade(rig)
  passTime(DAY + 1000)
  await rig.slack.waitFor(
    () => !rig.slack.text(rig.slack.message(rig.channel, card.ts) ?? card).includes('[Approve'),
    10_000,
  )
  const late = await rig.slack.click({
    user: 'U0MEI',
    channel: rig.channel,
    ts: card.ts,
    actionId: 'approval.approve',
    asOf: 0,
  })
  expect(rig.slack.text(await late.answer(15_000))).toMatch(/过期.*Lee|expired.*ask Lee to/is)
  await clickCard(rig, card, 'U0LEE', 'approval.reask')
  await clickCard(rig, await openCard(rig, 'install'), 'U0MEI', 'approval.approve')

  const change = await openCard(rig, 'switch')
  await clickCard(rig, change, 'U0MEI', 'approval.approve')
  await clickCard(rig, change, 'U0SRE', 'approval.approve')
  const approved = await openCard(rig, 'switch', 'Start')
  const [dm] = await rig.slack.waitFor(() => [rig.slack.dms('U0LEE')].find((all) => all.length > 0), 60_000)
  expect(JSON.stringify(dm)).toMatch(/press Start/)
  expect(JSON.stringify(dm)).toContain(`archives/${rig.channel}/p${change.ts.replace('.', '')}`)
  passTime(DAY + 1000)
  await rig.slack.waitFor(
    () => !rig.slack.text(rig.slack.message(rig.channel, approved.ts) ?? approved).includes('[Start'),
    10_000,
  )
  await rig.slack.waitFor(() => /Nobody pressed Start/.test(rig.slack.text(rig.slack.dms('U0LEE')[0] ?? card)), 60_000)
  expect(rig.slack.dms('U0LEE')).toHaveLength(1)
  expect(await tenants.now('shop')).toBe('default')
  expect(tenants.seen('shop')).toEqual(['default'])
}, 90_000)

test('at half of its time a card is brought once to who has not decided, and in the end says who did', async () => {
  const { rig, passTime } = await aStage()
  const change = await install(rig)
  await clickCard(rig, change, 'U0MEI', 'approval.approve')
  passTime(DAY / 2 + 1000)
  const dm = await rig.slack.waitFor(() => rig.slack.dms('U0SRE')[0], 60_000)
  expect(rig.slack.text(dm)).toMatch(/waits for your decision: 1 of 2|等待你的决定：已批准 1\/2/)
  expect(JSON.stringify(dm)).toContain(`archives/${rig.channel}/p${change.ts.replace('.', '')}`)
  await clickCard(rig, change, 'U0SRE', 'approval.approve')
  await rig.slack.waitFor(() => {
    const [shown] = rig.slack.dms('U0SRE')
    return shown && /is decided|已决定/.test(rig.slack.text(shown)) ? true : undefined
  }, 60_000)
  expect(rig.slack.dms('U0SRE')).toHaveLength(1)
  expect(rig.slack.dms('U0MEI')).toEqual([])
}, 180_000)

test('somebody in two of the listed groups is still one person', async () => {
  const members = { S0PLATFORM: ['U0LEE', 'U0MEI'], S0ONCALL: ['U0MEI', 'U0SRE'] }
  const { rig, tenants } = await aStage({
    rig: {
      groups: Object.entries(members).map(([id, each]) => ({ id, handle: id.toLowerCase(), members: each })),
      policy: {
        approve: {
          install: { need: 1, from: ['S0PLATFORM'] },
          switch: { need: 2, from: ['S0PLATFORM', 'S0ONCALL'] },
        },
      },
    },
  })
  const change = await install(rig)
  expect(await clickCard(rig, change, 'U0MEI', 'approval.approve')).toContain('1/2')
  expect(await clickCard(rig, change, 'U0MEI', 'approval.approve')).toContain('APPROVED_BY_YOU')
  await said(rig, 'switch', '1 of 2')
  expect(tenants.seen('shop')).toEqual(['default'])
  await clickCard(rig, change, 'U0SRE', 'approval.approve')
  await openCard(rig, 'switch', 'Start')
}, 90_000)

test('two people at the same second, and a double click, are two approvals and not three', async () => {
  const { kube, rig } = await aStage()
  const change = await install(rig)
  const by = (user: string) => ({ user, channel: rig.channel, ts: change.ts, actionId: 'approval.approve' })
  const [[first, second], other] = await Promise.all([rig.slack.doubleClick(by('U0MEI')), rig.slack.click(by('U0SRE'))])
  await rig.slack.again(first)
  await openCard(rig, 'switch', 'Start')
  await Promise.all([first, second, other].map((seen) => seen.answer(15_000)))
  const starts = { ...by('U0LEE'), actionId: 'approval.start' }
  await rig.slack.doubleClick(starts)
  await said(rig, 'Done: switch')
  const moves = kube.log.filter(
    ({ method, url }) => method === 'PATCH' && url.includes('istio-revision-tag-prod-stable'),
  )
  expect(moves.filter(({ url }) => !url.includes('dryRun'))).toHaveLength(1)
}, 90_000)
