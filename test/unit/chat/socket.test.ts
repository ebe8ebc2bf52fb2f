import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { CHANNEL, chatStage, type Stage } from '../../support/chat-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await chatStage()
})
afterEach(() => stage.close())

describe('the socket to Slack', () => {
  test('comes back within a second after Slack recycled it', async () => {
    stage.slack.trouble.refresh()
    await stage.slack.waitFor(() => (stage.slack.connections() === 0 ? true : undefined), 1000)
    await stage.slack.waitFor(() => (stage.slack.connections() > 0 ? true : undefined), 1000)
    const seen = await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'help' })
    expect(seen.acked).toBe(true)
  })

  test('comes back by itself after Slack was away for longer than a try', async () => {
    stage.slack.trouble.slackAway(true)
    stage.slack.trouble.dropSockets()
    await sleep(2500)
    expect(stage.slack.connections()).toBe(0)
    stage.slack.trouble.slackAway(false)
    await stage.slack.waitFor(() => (stage.slack.connections() > 0 ? true : undefined), 8000)
    const seen = await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'help' })
    expect(seen.acked).toBe(true)
    expect(stage.log.join('\n')).toContain('Slack can not be reached')
  }, 20_000)
})
