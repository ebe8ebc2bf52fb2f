import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ProgressFacts } from '../../../src/wire/card-facts.ts'
import { MESSAGE_BYTES } from '../../../src/chat/limits.ts'
import { limits } from '../../../src/sandbox/slack-server/limits.ts'
import { alarmSample, teamSample } from '../../support/card-samples.ts'
import { approvalSample, progressSample } from '../../support/phase-samples.ts'
import { CHANNEL, chatStage, FALLBACK, messageNotice, until, type Stage } from '../../support/chat-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await chatStage()
})

afterEach(async () => {
  await stage.close()
})

const card = approvalSample('usual', 'pending', 'switch')
const running = (line: string): ProgressFacts => {
  const facts = progressSample('usual', 'running')
  return { ...facts, steps: facts.steps.map((step) => ({ ...step, line })) }
}

async function shown(message: string, revision: number): Promise<void> {
  await until(() => stage.memory.rows.get(message)?.shownRevision === revision, `${message} at ${revision}`)
}

describe('posting', () => {
  test('posts once with metadata and without unfurling, and tells the worker where', async () => {
    const notice = messageNotice(card, 3)
    await stage.chat.handleNotice(notice)
    await stage.chat.handleNotice(notice)
    await shown(card.id, 3)
    const [call] = stage.slack.calls('chat.postMessage')
    expect(stage.slack.calls('chat.postMessage')).toHaveLength(1)
    expect(call?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' })
    expect(JSON.stringify(call?.args['metadata'])).toContain('meshferry_card')
    const [message] = stage.slack.messages(CHANNEL)
    const request = await stage.request('posted')
    expect(request.ask).toEqual({ kind: 'posted', message: card.id, revision: 3, channel: CHANNEL, ts: message?.ts })
    expect(request.who).toBeUndefined()
  })

  test('adopts a post that the worker knows of, instead of posting again', async () => {
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(card.id, 3)
    const ts = stage.slack.messages(CHANNEL)[0]?.ts ?? ''
    stage.memory.rows.clear()
    const posted = { channel: CHANNEL, ts, revision: 3 }
    await stage.chat.handleNotice(messageNotice({ ...card, revision: 4 }, 4, { posted }))
    await shown(card.id, 4)
    expect(stage.slack.messages(CHANNEL)).toHaveLength(1)
  })

  test('tells the worker that the last word of a run is shown: after an edit, and again when it is asked again', async () => {
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(card.id, 3)
    await stage.chat.handleNotice(messageNotice({ ...card, state: 'withdrawn' }, 4))
    await shown(card.id, 4)
    expect(stage.requests('posted')).toHaveLength(1)
    const last = messageNotice({ ...card, state: 'superseded' }, 5, { confirm: true })
    await stage.chat.handleNotice(last)
    expect((await stage.request('posted', 2)).ask).toMatchObject({ message: card.id, revision: 5 })
    await stage.chat.handleNotice(last)
    expect((await stage.request('posted', 3)).ask).toMatchObject({ message: card.id, revision: 5 })
    expect(stage.slack.calls('chat.update')).toHaveLength(2)
  })

  test('an older revision that comes late changes nothing', async () => {
    await stage.chat.handleNotice(messageNotice(card, 4))
    await shown(card.id, 4)
    await stage.chat.handleNotice(messageNotice(card, 3))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(stage.slack.calls('chat.update')).toEqual([])
  })

  test('mentions the on-call of an alarm once', async () => {
    await stage.chat.handleNotice(messageNotice(alarmSample('usual', false), 1, { mention: ['S0MESH', 'U0LEE'] }))
    await until(() => stage.slack.messages(CHANNEL)[0], 'the alarm')
    await stage.chat.handleNotice(messageNotice(alarmSample('usual', true), 2, { mention: ['S0MESH', 'U0LEE'] }))
    const message = await until(() => stage.slack.messages(CHANNEL).find((m) => m.versions.length === 2), 'the end')
    expect(JSON.stringify(message.versions[0])).toContain('<!subteam^S0MESH> <@U0LEE>')
    expect(JSON.stringify(message.versions[1])).not.toContain('<!subteam')
  })
})

describe('editing', () => {
  test('merges edits that come close together, but shows the end at once', async () => {
    await stage.close()
    stage = await chatStage({ settings: { times: { editGap: 60_000 } } })
    for (let revision = 1; revision <= 5; revision += 1) {
      await stage.chat.handleNotice(messageNotice(running(`line ${revision}`), revision))
    }
    await until(() => stage.slack.messages(CHANNEL)[0], 'the progress')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(stage.slack.calls('chat.update')).toEqual([])
    await stage.chat.handleNotice(messageNotice(progressSample('usual', 'done'), 6))
    await until(() => stage.slack.calls('chat.update').length === 1, 'the end')
  })

  test('a lost edit comes after the gap', async () => {
    await stage.chat.handleNotice(messageNotice(running('a'), 1))
    await until(() => stage.slack.messages(CHANNEL)[0], 'the progress')
    await stage.chat.handleNotice(messageNotice(running('b'), 2))
    await shown(`${card.run}.progress`, 2)
    expect(stage.slack.calls('chat.update')).toHaveLength(1)
  })

  test('a row that a dead bot left is found', async () => {
    const notice = messageNotice(card, 3)
    const wanted = JSON.stringify(notice)
    await stage.memory.want({ message: card.id, cluster: 'prod-a', wanted, wantedRevision: 3 })
    await shown(card.id, 3)
    expect(stage.slack.messages(CHANNEL)).toHaveLength(1)
  })
})

describe('trouble', () => {
  test('429 holds back its own channel only, for as long as Slack says', async () => {
    stage.slack.trouble.failNext('chat.postMessage', { retryAfter: 1 })
    const before = Date.now()
    await stage.chat.handleNotice(messageNotice(card, 3))
    await until(() => stage.slack.calls('chat.postMessage').length === 1, 'the refusal')
    await stage.chat.handleNotice(messageNotice(alarmSample('usual', false), 1, { channel: FALLBACK }))
    await until(() => stage.slack.messages(FALLBACK)[0], 'the alarm elsewhere')
    expect(Date.now() - before).toBeLessThan(900)
    await shown(card.id, 3)
    expect(Date.now() - before).toBeGreaterThanOrEqual(1000)
  })

  test('many teams are told at a pace below the cap of the workspace, and an alarm need not wait for them', async () => {
    const told = (i: number) =>
      messageNotice(teamSample('usual', 'told'), 1, { message: `team-${i}`, id: `team-${i}.1`, channel: FALLBACK })
    for (let i = 0; i < 63; i += 1) await stage.chat.handleNotice(told(i))
    const posts = () => stage.slack.calls('chat.postMessage').length
    await until(() => posts() === 60, 'what a minute takes')
    await stage.chat.handleNotice(messageNotice(alarmSample('usual', false), 1))
    await until(() => stage.slack.messages(CHANNEL)[0], 'the alarm')
    expect(posts()).toBe(61)
  })

  test('a card stays far below what Slack takes of blocks', () => {
    expect(MESSAGE_BYTES).toBeLessThan(limits.blockBytesPerMessage)
  })

  test('Slack away delays, and throws at nobody', async () => {
    stage.slack.trouble.slackAway('5xx')
    await stage.chat.handleNotice(messageNotice(card, 3))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(stage.slack.messages(CHANNEL)).toEqual([])
    stage.slack.trouble.slackAway(false)
    await shown(card.id, 3)
  })

  test('much news of one message while Slack is away neither hammers Slack nor lengthens the wait', async () => {
    stage.slack.trouble.slackAway('5xx')
    const news = (revision: number) => messageNotice(alarmSample('usual', false), revision)
    for (let revision = 1; revision <= 30; revision += 1) await stage.chat.handleNotice(news(revision))
    const failed = () => stage.log.filter((line) => line.includes('could not be sent')).length
    await until(() => failed() > 0, 'a first try')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(failed()).toBe(1)
    stage.slack.trouble.slackAway(false)
    await shown(news(30).message, 30)
  })

  test('blocks that Slack refuses are logged and sent as text', async () => {
    stage.slack.trouble.failNext('chat.postMessage', { error: 'invalid_blocks' })
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(card.id, 3)
    const [message] = stage.slack.messages(CHANNEL)
    expect(message?.versions[0]?.blocks).toEqual([])
    expect(message?.versions[0]?.text).toContain('No pod restarts')
    expect(stage.log.join('')).toContain('Slack refused a card')
  })

  test.each([
    ['deleted', 'The earlier message of this card was deleted'],
    ['archived', 'was meant for another channel, which is archived'],
  ])('a message that is %s comes anew in the fallback channel, with a note: %s', async (how, why) => {
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(card.id, 3)
    const ts = stage.slack.messages(CHANNEL)[0]?.ts ?? ''
    if (how === 'deleted') stage.slack.trouble.deleteMessage(CHANNEL, ts)
    else stage.slack.trouble.archiveChannel(CHANNEL)
    await stage.chat.handleNotice(messageNotice({ ...card, revision: 4 }, 4))
    await shown(card.id, 4)
    const [moved] = stage.slack.messages(FALLBACK)
    expect(stage.slack.text(moved as never)).toContain(why)
    expect((await stage.request('posted', 2)).ask).toMatchObject({ channel: FALLBACK })
    await stage.chat.handleNotice(messageNotice({ ...card, revision: 5, state: 'rejected' }, 5))
    await shown(card.id, 5)
    const edited = stage.slack.messages(FALLBACK)[0]
    expect(stage.slack.text(edited as never)).toContain('Rejected')
    expect(stage.slack.text(edited as never)).toContain('it goes on here')
  })

  test('a channel shared with another organisation gets no approval buttons', async () => {
    stage.slack.changeChannel(CHANNEL, { isExtShared: true })
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(card.id, 3)
    const drawn = JSON.stringify(stage.slack.messages(CHANNEL)[0]?.versions)
    expect(drawn).not.toContain('approval.approve')
    expect(drawn).toContain('shared with another organisation')
  })

  test('a claim of another bot is respected', async () => {
    await stage.memory.claim(card.id, 30_000)
    await stage.chat.handleNotice(messageNotice(card, 3))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(stage.slack.messages(CHANNEL)).toEqual([])
    await stage.memory.free(card.id)
    await shown(card.id, 3)
  })

  test('Redis away is an error of the notice, so that it comes again', async () => {
    stage.memory.lost = true
    await expect(stage.chat.handleNotice(messageNotice(card, 3))).rejects.toThrow()
    stage.memory.lost = false
  })
})
