import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ACTIONS } from '../../../src/chat/action-ids.ts'
import type { CardFacts, TeamFacts } from '../../../src/wire/card-facts.ts'
import { teamSample } from '../../support/card-samples.ts'
import { CHANNEL, chatStage, messageNotice, until, type Stage } from '../../support/chat-stage.ts'
import { progressSample } from '../../support/phase-samples.ts'
import { restartSample } from '../../support/restart-samples.ts'

let stage: Stage
beforeEach(async () => {
  // Nothing is drawn by itself while a test clicks.
  const slow = { working: 60_000, sent: 60_000, silent: 60_000, sweep: 60_000 }
  stage = await chatStage({ settings: { times: { ...slow, editGap: 300, lostReply: 300 } } })
})
afterEach(() => stage.close())

const NUDGE: TeamFacts = { ...teamSample('usual', 'nudge'), restarts: 'owners' }
const [DAY = ''] = NUDGE.remindDays ?? []

/** People see `shown`; the bot is to show `wanted`, and that edit waits, or delivery has given it up. */
async function waiting(shown: CardFacts, wanted: CardFacts, left: boolean): Promise<string> {
  const notice = messageNotice(shown, 1)
  await stage.chat.handleNotice(notice)
  const isThere = (): boolean => stage.memory.rows.get(notice.message)?.shownRevision === 1
  const ts = await until(() => isThere() && stage.slack.messages(CHANNEL)[0]?.ts, 'the card')
  const row = stage.memory.rows.get(notice.message)
  if (!row) throw new Error('no row')
  const text = JSON.stringify(messageNotice(wanted, 2))
  stage.memory.rows.set(notice.message, {
    ...row,
    wanted: text,
    wantedRevision: 2,
    ...(left ? { leftRevision: 2 } : { shownAt: Date.now() }),
  })
  return ts
}

function told(pattern: RegExp): Promise<string> {
  const texts = () => stage.slack.ephemerals('U0SAM').map((message) => stage.slack.text(message))
  return until(() => texts().find((text) => pattern.test(text)), pattern.source)
}

/** What workers were asked, but for what the bot tells them of its own accord. */
function asks(): readonly string[] {
  const kinds = stage.sent.map(({ request }) => (JSON.parse(request.body) as { ask: { kind: string } }).ask.kind)
  return kinds.filter((kind) => kind !== 'posted')
}

const press = (ts: string, actionId: string) => stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId })
const choose = (ts: string, value: string) =>
  stage.slack.select({ user: 'U0SAM', channel: CHANNEL, ts, actionId: ACTIONS.teamMore, value })

describe.each([
  ['waits', false],
  ['was given up', true],
])('while an edit %s', (_, left) => {
  const fewer: TeamFacts = { ...NUDGE, workloads: NUDGE.workloads.slice(0, 1), old: 3 }

  test.each([
    ['tell-platform', ACTIONS.tellPlatform],
    ['compare', ACTIONS.sidecar],
  ])('what still holds is done: %s', async (kind, action) => {
    await press(await waiting(NUDGE, fewer, left), action)
    expect((await stage.request(kind)).ask).toMatchObject({ run: NUDGE.run, team: NUDGE.team })
  })

  test('a later day that is still offered is taken', async () => {
    await choose(await waiting(NUDGE, fewer, left), `snooze.${DAY}`)
    expect((await stage.request('snooze')).ask).toMatchObject({ until: DAY })
  })

  test('a restart opens its dialog, of what is left now', async () => {
    await press(await waiting(NUDGE, fewer, left), ACTIONS.restart)
    const view = await until(() => stage.slack.views('U0SAM')[0], 'the dialog')
    expect(JSON.stringify(view)).toContain(fewer.workloads[0]?.name)
  })

  test('a restart that owners may not make any more: that is said, and nothing opens', async () => {
    const { restarts: _restarts, ...off } = fewer
    await press(await waiting(NUDGE, off, left), ACTIONS.restart)
    await told(/settings of this cluster do not let owners/)
    expect(stage.slack.views('U0SAM')).toEqual([])
  })

  test('a picked time that began is asked of the worker, who says when', async () => {
    const planned = restartSample('usual', 'planned')
    await press(await waiting(planned, restartSample('usual', 'running'), left), ACTIONS.restartCancel)
    expect((await stage.request('restart-cancel')).ask).toMatchObject({ restart: planned.id })
  })

  test('a phase is asked for again, of the run of its card', async () => {
    const undone = { ...progressSample('usual', 'undone'), reaskOffered: true }
    await press(await waiting(undone, undone, left), ACTIONS.reask)
    expect((await stage.request('ask-again')).ask).toMatchObject({ run: undone.run })
  })

  test('not ours is said of what was read: what the message says now is named, and nothing is asked', async () => {
    await choose(await waiting(NUDGE, fewer, left), 'not-ours')
    const [one] = fewer.workloads
    const text = await told(/has changed since you saw it/)
    expect(text).toContain(`3 pods of ${one?.kind} ${one?.name} in ${one?.namespace}`)
    expect(asks()).toEqual([])
  })

  const closed = { ...NUDGE, replaced: true as const, workloads: [], more: 0 }
  test.each<readonly [string, TeamFacts, RegExp, readonly string[]]>([
    ['a newer one came', closed, /A newer message.*took the place/, []],
    ['nothing is left', { ...closed, gone: true }, /Nothing.*is left on the old sidecar/, []],
    ['its upgrade is over', { ...closed, over: true }, /went another way since, or is over/, ['what-became']],
    [
      'somebody answered',
      { ...NUDGE, answered: { user: 'U0LEE', kind: 'snooze', until: DAY } },
      /Lee has answered this already/,
      [],
    ],
    [
      'somebody disowned',
      { ...NUDGE, answered: { user: 'U0LEE', kind: 'not-ours' } },
      /Lee has answered.*not those/,
      [],
    ],
  ])('%s: that is said, and by whom', async (_name, now, words, asked) => {
    await choose(await waiting(NUDGE, now, left), `snooze.${DAY}`)
    await told(words)
    await until(() => asks().length === asked.length, 'what is asked')
    expect(asks()).toEqual(asked)
  })
})
