import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Seen } from '../../../src/sandbox/slack-server/people.ts'
import type { CardFacts } from '../../../src/wire/card-facts.ts'
import { teamSample } from '../../support/card-samples.ts'
import { CHANNEL, chatStage, messageNotice, until, verdictNotice, type Stage } from '../../support/chat-stage.ts'
import { approvalSample } from '../../support/phase-samples.ts'

const REMINDER: CardFacts = { ...teamSample('usual', 'nudge'), workloads: [one()], restarts: 'owners' }
const ELSEWHERE = { view: { private_metadata: '{"what":"another version kept"}' } }

let stage: Stage
beforeEach(async () => {
  stage = await chatStage({ settings: { teams: [{ name: 'payments', channel: CHANNEL, members: ['U0SAM'] }] } })
})
afterEach(() => stage.close())

function one() {
  const [workload] = teamSample('usual', 'nudge').workloads
  if (!workload) throw new Error('no workload')
  return workload
}

async function onCard(card: CardFacts, actionId: string): Promise<void> {
  const notice = messageNotice(card, 3)
  await stage.chat.handleNotice(notice)
  const isThere = (): boolean => stage.memory.rows.get(notice.message)?.shownRevision === 3
  const ts = await until(() => isThere() && stage.slack.messages(CHANNEL)[0]?.ts, 'the card')
  await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId })
  await until(() => stage.slack.views('U0SAM')[0], 'the dialog')
}

async function upgradeDialog(): Promise<void> {
  await stage.slack.command({ user: 'U0SAM', channel: CHANNEL, text: 'upgrade' })
  const { id } = await stage.request('preview')
  const verdict = verdictNotice(id, true, 'PREVIEWED')
  if (verdict.kind !== 'verdict') throw new Error('no verdict')
  await stage.chat.handleNotice({
    ...verdict,
    preview: { from: '1.30.0', versions: [{ version: '1.31.0', why: [] }] },
  })
  await stage.request('preview', 2)
}

function asks(): readonly string[] {
  const kinds = stage.sent.map(({ request }) => (JSON.parse(request.body) as { ask: { kind: string } }).ask.kind)
  return kinds.filter((kind) => !['posted', 'preview', 'restart-look'].includes(kind))
}

async function toldDirectly(pattern: RegExp): Promise<void> {
  const direct = () => stage.slack.calls('chat.postMessage').filter(({ args }) => args['channel'] === 'U0SAM')
  await until(() => direct().some(({ args }) => pattern.test(JSON.stringify(args))), pattern.source)
}

test.each([
  [
    'a rejection',
    () => onCard(approvalSample('usual', 'pending', 'install'), 'approval.reject'),
    { reason: 'a freeze' },
  ],
  ['a removal', () => onCard(approvalSample('usual', 'pending', 'retire'), 'approval.approve'), { typed: 'prod-a' }],
  ['a restart', () => onCard(REMINDER, 'team.restart'), {}],
  ['an upgrade', upgradeDialog, {}],
])('%s that is sent from a dialog which can not be read is answered, and asks nothing', async (_, open, values) => {
  await open()
  const seen: Seen = await stage.slack.submit({ user: 'U0SAM', values, forge: ELSEWHERE })
  expect(seen.acked).toBe(true)
  await toldDirectly(/DIALOG_UNREADABLE/)
  expect(asks()).toEqual([])
})

test('an upgrade is asked for from a dialog that was opened before it had a field for the day', async () => {
  await upgradeDialog()
  const view = stage.slack.views('U0SAM')[0]?.view ?? {}
  const { by: _, ...before } = JSON.parse(String(view['private_metadata'])) as Record<string, unknown>
  await stage.slack.submit({ user: 'U0SAM', forge: { view: { private_metadata: JSON.stringify(before) } } })
  expect((await stage.request('upgrade')).ask).toEqual({ kind: 'upgrade', to: '1.31.0' })
})

test('a choice in a dialog that can not be read is answered', async () => {
  await upgradeDialog()
  const viewId = stage.slack.views('U0SAM')[0]?.id ?? ''
  const actionId = 'upgrade.cluster'
  await stage.slack.select({ user: 'U0SAM', viewId, actionId, value: 'prod-a', forge: ELSEWHERE })
  await toldDirectly(/DIALOG_UNREADABLE/)
  expect(stage.requests('preview')).toHaveLength(2)
})

test('what goes wrong while a dialog is sent is said to who sent it', async () => {
  await onCard(approvalSample('usual', 'pending', 'install'), 'approval.reject')
  stage.memory.lost = true
  await stage.slack.submit({ user: 'U0SAM', values: { reason: 'a freeze' } })
  await toldDirectly(/QUEUE_UNREACHABLE/)
  expect(asks()).toEqual([])
  stage.memory.lost = false
})

test('an older worker does not say the hours: a time can be picked all the same', async () => {
  await onCard(REMINDER, 'team.restart-later')
  const { id } = await stage.request('restart-look')
  const facts = { uid: 'u', shape: '0'.repeat(64), replicas: 3, ready: 3, strategy: 'RollingUpdate' }
  const said = { code: 'RESTART_SHOWN', facts: { ...facts, workload: 'pay/Deployment/api', offered: 1_796_000_400 } }
  await stage.chat.handleNotice({ ...verdictNotice(id, true, 'RESTART_SHOWN'), said } as never)
  const shown = (): string => JSON.stringify(stage.slack.views('U0SAM')[0]?.view)
  await until(() => shown().includes('datetimepicker'), 'the picker')
  expect(shown()).toContain("In the team's working hours. If it moves by itself")
})
