import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { slackPlaces } from '../../../src/chat/slack-places.ts'
import { newLog } from '../../../src/kernel/log.ts'
import { startSlackServer, type SlackServer } from '../../../src/sandbox/slack-server/server.ts'

let slack: SlackServer

beforeEach(async () => {
  slack = await startSlackServer({
    users: [{ id: 'U0LEE', realName: 'Lee' }],
    groups: [{ id: 'S0MESH', handle: 'mesh', members: ['U0LEE'] }],
    channels: [
      { id: 'C0PROD', name: 'prod' },
      { id: 'C0OLD', name: 'old' },
      { id: 'C0ALONE', name: 'without-the-bot', members: ['U0LEE'] },
    ],
  })
})

afterEach(() => slack.close())

function troubles(channels: readonly string[], people: readonly string[]) {
  return slackPlaces(slack.botToken, slack.apiUrl, newLog('silent', 'test'), { channels, people })
}

test('ids that hold are no trouble; the others are named with what Slack says', async () => {
  expect(await troubles(['C0PROD'], ['U0LEE', 'S0MESH'])).toEqual([])
  const found = await troubles(['C0PROD', 'C0CHANGEME'], ['U0LEE', 'U0CHANGEME', 'S0NONE'])
  expect(found.map(({ code, facts }) => [code, facts['channel'] ?? facts['id']])).toEqual([
    ['SLACK_CHANNEL_UNUSABLE', 'C0CHANGEME'],
    ['SLACK_NOBODY', 'U0CHANGEME'],
    ['SLACK_NOBODY', 'S0NONE'],
  ])
})

test('a channel that is archived or that the bot is not in is named, since nothing could be posted there', async () => {
  slack.trouble.archiveChannel('C0OLD')
  const found = await troubles(['C0OLD', 'C0ALONE', 'C0PROD'], [])
  expect(found.map(({ facts }) => [facts['channel'], facts['error']])).toEqual([
    ['C0OLD', 'is_archived'],
    ['C0ALONE', 'not_in_channel'],
  ])
})

test('Slack that gives no answer is no trouble of an id', async () => {
  slack.trouble.slackAway('refused')
  await expect(troubles(['C0PROD'], [])).rejects.toMatchObject({ code: 'SLACK_UNREACHABLE' })
})
