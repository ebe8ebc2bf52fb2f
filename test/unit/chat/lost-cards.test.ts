import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ACTIONS } from '../../../src/chat/action-ids.ts'
import { CLICKS } from '../../../src/chat/clicks.ts'
import type { CardFacts } from '../../../src/wire/card-facts.ts'
import { previewSample, runSample, teamSample } from '../../support/card-samples.ts'
import { CHANNEL, chatStage, messageNotice, until, verdictNotice, type Stage } from '../../support/chat-stage.ts'
import { approvalSample } from '../../support/phase-samples.ts'
import { restartSample } from '../../support/restart-samples.ts'

/** On answers that one person sees, in dialogs and App Home; or the same whatever the message says. */
const WITHOUT_MESSAGE: readonly string[] = [
  ACTIONS.status,
  ACTIONS.refresh,
  ACTIONS.acknowledge,
  ACTIONS.helpRun,
  ACTIONS.helpOpen,
  ACTIONS.open,
  ACTIONS.sidecarWhich,
  ACTIONS.restartChoose,
  ACTIONS.homeLanguage,
  ACTIONS.homeRefresh,
  ACTIONS.upgradeCluster,
  ACTIONS.upgradeVersion,
]
const ON_MESSAGE = Object.keys(CLICKS).filter((id) => !WITHOUT_MESSAGE.includes(id))

/** Where a button is known, whatever its message has become: a way back must not wait for the newest drawing. */
const OF_A_RUN: readonly string[] = [ACTIONS.undo, ACTIONS.stop, ACTIONS.resume]

const OTHERS: Readonly<Record<string, CardFacts>> = {
  [ACTIONS.sendNudges]: previewSample('usual', 'held'),
  [ACTIONS.restartCancel]: restartSample('usual', 'planned'),
  ...Object.fromEntries(OF_A_RUN.map((id) => [id, runSample('usual', 'switched', false)])),
}

function cardWith(actionId: string): CardFacts {
  const isApproval = actionId.startsWith('approval.')
  return OTHERS[actionId] ?? (isApproval ? approvalSample('usual', 'pending', 'install') : teamSample('usual', 'nudge'))
}

let stage: Stage
beforeEach(async () => {
  stage = await chatStage()
})
afterEach(() => stage.close())

async function posted(card: CardFacts): Promise<{ readonly message: string; readonly ts: string }> {
  const notice = messageNotice(card, 3)
  await stage.chat.handleNotice(notice)
  const isThere = (): boolean => stage.memory.rows.get(notice.message)?.shownRevision === 3
  const ts = await until(() => isThere() && stage.slack.messages(CHANNEL)[0]?.ts, 'the card')
  return { message: notice.message, ts }
}

/** A press of a button that an earlier drawing of the message had, or a later one. */
function press(actionId: string, { message, ts }: { message: string; ts: string }, revision: number) {
  const forge = { blockId: `act.${message}.${revision}`, value: 'ap-01jd9q4t7h0123456789abcdef.3' }
  return stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId, forge })
}

function told(pattern: RegExp): Promise<unknown> {
  const texts = () => stage.slack.ephemerals('U0SAM').map((message) => stage.slack.text(message))
  return until(() => texts().find((text) => pattern.test(text)), pattern.source)
}

/** What workers were asked, but for what the bot tells them of its own accord. */
function asks(): readonly string[] {
  const kinds = stage.sent.map(({ request }) => (JSON.parse(request.body) as { ask: { kind: string } }).ask.kind)
  return kinds.filter((kind) => kind !== 'posted')
}

test.each(ON_MESSAGE)(
  '%s on a message that is not remembered: it is asked for, and what became of it, as the answer says',
  async (id) => {
    const at = await posted(cardWith(id))
    stage.memory.rows.clear()
    await press(id, at, 3)
    await told(/does not remember.*was asked to send it again/)
    const { ask, who } = await stage.request('what-became')
    expect([ask, who?.user]).toEqual([{ kind: 'what-became', message: at.message, alone: true }, 'U0SAM'])
    expect(asks()).toEqual(['repeat', 'what-became'])
  },
)

test.each(ON_MESSAGE.filter((id) => !OF_A_RUN.includes(id)))(
  '%s on a message that is not the one that stands: it is drawn again, as the answer says',
  async (id) => {
    const at = await posted(cardWith(id))
    await press(id, at, 9)
    await told(/out of date.*being drawn again/)
    await until(() => stage.slack.calls('chat.update')[0], 'a redraw')
    expect(asks()).toEqual([])
  },
)

/** The card of another message under the same button: an older one offered more than what stands now. */
test.each([
  [ACTIONS.restart, teamSample('usual', 'told')],
  [ACTIONS.sidecar, previewSample('usual', 'held')],
  [ACTIONS.tellPlatform, restartSample('usual', 'planned')],
])('%s on a message that offers it no more: it is drawn again', async (id, card) => {
  const at = await posted(card)
  await press(id, at, 3)
  await told(/out of date.*being drawn again/)
  await until(() => stage.slack.calls('chat.update')[0], 'a redraw')
  expect(asks()).toEqual([])
})

test('a picked time that began meanwhile: the worker is asked, who says when and by whom', async () => {
  const running = restartSample('usual', 'running')
  const at = await posted(running)
  await press(ACTIONS.restartCancel, at, 3)
  expect((await stage.request('restart-cancel')).ask).toMatchObject({ restart: running.id, team: running.team })
})

test('where several clusters speak in a channel each is asked what became of a message, and is told that it is not alone', async () => {
  await stage.close()
  stage = await chatStage({
    settings: {
      clusters: [
        { name: 'prod-a', channel: CHANNEL },
        { name: 'prod-b', channel: CHANNEL },
      ],
    },
  })
  const at = await posted(teamSample('usual', 'nudge'))
  stage.memory.rows.clear()
  await press(ACTIONS.tellPlatform, at, 3)
  await stage.request('what-became', 2)
  const all = stage.requests('what-became')
  expect(all.map(({ cluster, ask }) => [cluster, ask])).toEqual(
    ['prod-a', 'prod-b'].map((name) => [name, { kind: 'what-became', message: at.message, alone: false }]),
  )
  await stage.chat.handleNotice({
    ...verdictNotice(all[1]?.id ?? '', false, 'UPGRADE_RECORD_GONE'),
  })
  await told(/its record is not kept any more/)
})

describe('a dialog whose card', () => {
  async function rejecting() {
    const at = await posted(approvalSample('usual', 'pending', 'install'))
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts: at.ts, actionId: ACTIONS.reject })
    await until(() => stage.slack.views('U0SAM')[0], 'the dialog')
    return at
  }

  test('is not remembered any more: it is asked for', async () => {
    await rejecting()
    stage.memory.rows.clear()
    await stage.slack.submit({ user: 'U0SAM', values: { reason: 'payment freeze' } })
    await told(/does not remember/)
    await stage.request('what-became')
    expect(asks()).toEqual(['repeat', 'what-became'])
  })

  test('was decided meanwhile: who did it is said', async () => {
    await rejecting()
    const card = { ...approvalSample('usual', 'started', 'install'), revision: 4 }
    await stage.chat.handleNotice(messageNotice(card, 4))
    await stage.slack.submit({ user: 'U0SAM', values: { reason: 'payment freeze' } })
    await told(/started[^]*Lee/)
    expect(asks()).toEqual([])
  })
})

test('where the worker can not be asked, that is said instead', async () => {
  const at = await posted(cardWith(ACTIONS.restart))
  stage.memory.rows.clear()
  stage.queueLost = true
  await press(ACTIONS.restart, at, 3)
  await told(/QUEUE_UNREACHABLE/)
  expect(asks()).toEqual([])
})
