import { expect, test } from '@jest/globals'
import { tellQuietWorkers } from '../../../src/chat/quiet-workers.ts'
import { CHANNEL, FALLBACK, localSlack } from '../../support/chat-stage.ts'
import { ownChat } from '../../support/own-chat.ts'
import { AT, pulse, status } from '../../gallery/read-model-samples.ts'

test('a silence during a run is told once, also when Slack was away at first and however long it lasts', async () => {
  const slack = await localSlack()
  let nowMs = Date.parse(AT)
  const { chat } = await ownChat(slack, { now: () => nowMs })
  const reader = {
    ...chat.reader,
    status: () => Promise.resolve(status('prod-a')),
    pulse: () => Promise.resolve(pulse('prod-a')),
  }
  const look = () => tellQuietWorkers({ ...chat, reader })
  const told = () => slack.messages(CHANNEL).length
  await look()
  expect(told()).toBe(0)
  nowMs += 61_000
  slack.trouble.slackAway('5xx')
  await expect(look()).rejects.toThrow()
  slack.trouble.slackAway(false)
  await look()
  nowMs += 3_600_000
  await look()
  expect(told()).toBe(1)
  await slack.close()
})

test('where the channel is archived it is told in the fallback channel', async () => {
  const slack = await localSlack()
  const { chat } = await ownChat(slack, { now: () => Date.parse(AT) + 61_000 })
  const reader = {
    ...chat.reader,
    status: () => Promise.resolve(status('prod-a')),
    pulse: () => Promise.resolve(pulse('prod-a')),
  }
  slack.trouble.archiveChannel(CHANNEL)
  await tellQuietWorkers({ ...chat, reader })
  expect([slack.messages(CHANNEL).length, slack.messages(FALLBACK).length]).toEqual([0, 1])
  await slack.close()
})
