import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { sleep } from '../../kernel/retry.ts'
import { newCalendar } from '../../sandbox/clock/calendar.ts'
import { startSlackServer, type SlackServer } from '../../sandbox/slack-server/server.ts'
import { newSkip, skipSpeed } from './skip.ts'

let slack: SlackServer
beforeEach(async () => {
  slack = await startSlackServer({ channels: [{ id: 'C0PROD', name: 'prod' }] })
})
afterEach(() => slack.close())

async function postCard(): Promise<void> {
  const button = {
    type: 'button',
    style: 'primary',
    action_id: 'a',
    value: '1',
    text: { type: 'plain_text', text: 'A' },
  }
  await fetch(new URL('chat.postMessage', slack.apiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C0PROD', text: 'card', blocks: [{ type: 'actions', elements: [button] }] }),
  })
}

test('a decision ends it at the speed of the wall; stopped by hand it goes on as before; it says why it does not start', async () => {
  const calendar = newCalendar(0, Date.now)
  const skip = newSkip(calendar, slack, ['C0PROD'])
  calendar.setSpeed(60)
  expect(skip.start()).toBe('runs')
  expect(calendar.state().speed).toBeGreaterThan(60)
  skip.stop()
  expect(calendar.state().speed).toBe(60)
  expect(skip.start()).toBe('runs')
  expect(skip.start()).toBe('runs')
  await postCard()
  await sleep(400)
  expect(skip.running()).toBe(false)
  expect(calendar.state().speed).toBe(1)
  expect(skip.start()).toBe('a decision waits')
  expect(skip.running()).toBe(false)
})

test('a machine that is late with its looks runs the calendar slower, and as fast as before when it is not', async () => {
  expect(skipSpeed(100)).toBe(skipSpeed(0))
  expect(skipSpeed(140)).toBe(skipSpeed(0))
  expect(skipSpeed(1000)).toBe(skipSpeed(0) / 10)
  const calendar = newCalendar(0, Date.now)
  const skip = newSkip(calendar, slack, ['C0PROD'])
  skip.start()
  const full = calendar.state().speed
  const speeds: number[] = []
  const end = calendar.listen(({ speed }) => speeds.push(speed))
  await sleep(20)
  const busyUntil = performance.now() + 1000
  while (performance.now() < busyUntil);
  await sleep(450)
  const recovered = calendar.state().speed
  end()
  skip.stop()
  expect(recovered).toBeGreaterThan(full / 5)
  expect(Math.min(...speeds)).toBeLessThan(full / 5)
}, 20_000)
