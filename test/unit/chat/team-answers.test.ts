import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { CHANNEL, chatStage, messageNotice, until, type Stage } from '../../support/chat-stage.ts'
import { teamSample } from '../../support/card-samples.ts'

let stage: Stage
beforeEach(async () => {
  stage = await chatStage()
})
afterEach(() => stage.close())

test.each([
  ['not-ours', 'not-ours', {}],
  ['snooze', 'snooze.2026-11-25', { until: '2026-11-25' }],
] as const)('%s names the way that the reminder was of, as the card was stored', async (kind, value, more) => {
  const nudge = teamSample('usual', 'nudge')
  await stage.chat.handleNotice(messageNotice(nudge, 1))
  const ts = await until(() => {
    const isThere = [...stage.memory.rows.values()].some(({ shownRevision }) => shownRevision === 1)
    return isThere ? stage.slack.messages(CHANNEL)[0]?.ts : undefined
  }, 'the reminder')
  await stage.slack.select({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'team.more', value })
  const { ask } = await stage.request(kind)
  expect(ask).toEqual({ kind, run: nudge.run, team: nudge.team, to: nudge.to.revision, ...more })
})
