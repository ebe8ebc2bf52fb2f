import { expect, test } from '@jest/globals'
import { newLog } from '../../../src/kernel/log.ts'
import { newBotMemory } from '../../../src/store/bot-memory.ts'
import { openRedis } from '../../../src/store/open-redis.ts'
import { approvalSample } from '../../support/phase-samples.ts'
import { startRedis } from '../../support/redis.ts'
import { CHANNEL, chatStage, messageNotice, until, verdictNotice } from '../../support/chat-stage.ts'

test('card, click and verdict with the memory in Redis; a sentence when Redis is gone', async () => {
  const redis = await startRedis()
  const link = await openRedis(redis.url, newLog('silent', 'test'))
  const memory = newBotMemory(link.redis)
  const stage = await chatStage({ memory })
  const card = { ...approvalSample('usual', 'pending', 'switch'), approvers: ['S0MESH'] }
  await stage.chat.handleNotice(messageNotice(card, 3))
  const request = await stage.request('posted')
  expect(request.ask).toMatchObject({ message: card.id, revision: 3 })
  const ts = stage.slack.messages(CHANNEL)[0]?.ts ?? ''
  const click = { user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.approve' }
  await stage.slack.click(click)
  const { id } = await stage.request('approve')
  await stage.chat.handleNotice(verdictNotice(id, true, 'APPROVED_NEEDS_MORE'))
  await until(() => stage.slack.ephemerals('U0SAM').length === 1, 'the verdict')
  expect(await memory.row(card.id)).toMatchObject({ channel: CHANNEL, ts, shownRevision: 3 })
  await redis.stop()
  const seen = await stage.slack.click(click)
  expect(stage.slack.text(await seen.answer())).toContain('could not reach its queue')
  await stage.close()
  await link.close()
}, 20_000)

test('a click is answered by the bot that took it, also when Redis forgot where to in between', async () => {
  const redis = await startRedis()
  const link = await openRedis(redis.url, newLog('silent', 'test'))
  const stage = await chatStage({ memory: newBotMemory(link.redis) })
  const seen = await stage.slack.command({ user: 'U0SAM', channel: CHANNEL, text: 'upgrade prod-a to 1.31.0' })
  const { id } = await stage.request('upgrade')
  await redis.flush()
  await stage.chat.handleNotice(verdictNotice(id, false, 'CA_BUNDLES_DIFFER', []))
  expect(stage.slack.text(await seen.answer())).toContain('CA_BUNDLES_DIFFER')
  await stage.close()
  await link.close()
  await redis.stop()
}, 20_000)

test('a reminder on its way to Slack when the card is decided is mended as one that had arrived before', async () => {
  const redis = await startRedis()
  const link = await openRedis(redis.url, newLog('silent', 'test'))
  const stage = await chatStage({ memory: newBotMemory(link.redis) })
  const card = { ...approvalSample('usual', 'pending', 'switch'), approvers: ['U0SAM'] }
  await stage.chat.handleNotice(messageNotice(card, 3))
  await stage.request('posted')
  stage.slack.trouble.failNext('chat.postMessage', { delayMs: 700 })
  const told = { v: 1, kind: 'remind', cluster: 'prod-a', at: '2026-11-24T09:00:00.000Z' } as const
  await stage.chat.handleNotice({ ...told, id: 'r.1', card, first: true })
  await until(() => stage.slack.dms('U0SAM').length === 1, 'the reminder, of which Slack has not said yet')
  const endedBy = { user: 'U0MEI', at: '2026-11-24T10:00:00.000Z' }
  const decided = { ...card, revision: 5, state: 'rejected', endedBy } as const
  await stage.chat.handleNotice({ ...told, id: 'r.2', card: decided, first: false })
  const said = (): string =>
    stage.slack
      .dms('U0SAM')
      .map((one) => stage.slack.text(one))
      .join()
  expect(said()).toContain('waits for your decision')
  await until(() => said().includes('rejected by'), 'the decision')
  await stage.close()
  await link.close()
  await redis.stop()
}, 20_000)
