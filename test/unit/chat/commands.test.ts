import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ClusterStatus } from '../../../src/wire/read-model.ts'
import { approvalSample } from '../../support/phase-samples.ts'
import { CHANNEL, chatStage, until, verdictNotice, type Stage } from '../../support/chat-stage.ts'

const AT = '2026-11-24T09:00:00.000Z'
const RUN = 'run-01jd9q4t7h0123456789abcdef'
const SETTINGS = {
  clusters: [
    { name: 'prod-a', channel: CHANNEL, fallbackChannel: 'C0OPS' },
    { name: 'prod-b', channel: 'C0OTHER' },
  ],
}
let stage: Stage

beforeEach(async () => {
  stage = await chatStage()
})

afterEach(async () => {
  await stage.close()
})

async function type(text: string, user = 'U0LEE'): Promise<string> {
  const seen = await stage.slack.command({ user, channel: CHANNEL, text })
  expect(seen.acked).toBe(true)
  return stage.slack.text(await seen.answer())
}

function status(state: 'waiting' | 'running' = 'waiting'): ClusterStatus {
  const from = [{ revision: 'default', version: '1.30.0' }]
  const to = { revision: '1-31-0', version: '1.31.0' }
  return {
    v: 1,
    cluster: 'prod-a',
    at: AT,
    controlPlanes: [{ ...to, ready: 2, wanted: 2 }],
    classes: [{ key: 'istio-injection=enabled', namespaces: 12, gets: 'default' }],
    countedAt: AT,
    census: null,
    run: {
      id: RUN,
      state,
      phase: 'switch',
      from,
      to,
      requestedBy: 'U0LEE',
      requestedAt: AT,
      stopped: false,
      alarms: [],
      rollbackOffered: true,
      open: [
        {
          card: { ...approvalSample('usual', 'pending', 'switch'), approvers: ['S0MESH'] },
          posted: { channel: CHANNEL, ts: '1795510800.000100' },
        },
      ],
    },
  }
}

describe('commands', () => {
  test.each(['', 'help', '帮助'])('“%s” is help, for the one who asked alone', async (text) => {
    expect(await type(text)).toContain('/istio rollback')
    expect(stage.slack.messages(CHANNEL)).toEqual([])
  })

  test('answers in the language of the person', async () => {
    expect(await type('help', 'U0MEI')).toContain('回退')
  })

  test('upgrade sends what was asked, and the verdict is said', async () => {
    const seen = await stage.slack.command({
      user: 'U0LEE',
      channel: CHANNEL,
      text: 'upgrade to v1.31.0 ack MESH_CONFIG',
    })
    const request = await stage.request('upgrade')
    expect(request).toMatchObject({
      cluster: 'prod-a',
      who: { user: 'U0LEE' },
      ask: { kind: 'upgrade', to: '1.31.0', acknowledge: ['MESH_CONFIG'] },
    })
    await stage.chat.handleNotice(
      verdictNotice(request.id, false, 'CA_BUNDLES_DIFFER', [
        { code: 'ISTIOCTL_MISSING', facts: { version: '1.31.0' } },
        { code: 'CONTROL_PLANE_MISSING', facts: { revision: 'default' } },
      ]),
    )
    const text = stage.slack.text(await seen.answer())
    expect(text).toContain('3 things speak against it')
    expect(text).toContain('istioctl 1.31.0 is not there')
  })

  test.each<readonly [string, 'stop' | 'resume' | 'rollback' | 'upgrade', object?]>([
    ['stop', 'stop'],
    ['继续', 'resume'],
    ['rollback prod-a', 'rollback'],
    ['upgrade prod-a to 1.31.0 By 2026-12-04', 'upgrade', { to: '1.31.0', by: '2026-12-04' }],
    ['升级 prod-a 到1.31.0 截止2026-12-04', 'upgrade', { to: '1.31.0', by: '2026-12-04' }],
    ['upgrade PROD-A to １.31.0.', 'upgrade', { to: '1.31.0' }],
    ['upgrade to 1.31.0 by 4 Dec 2030', 'upgrade', { to: '1.31.0', by: '2030-12-04' }],
    ['upgrade to 1.31.0 by 4 Dec', 'upgrade', { to: '1.31.0', by: expect.stringMatching(/^20\d\d-12-04$/) }],
    ['升级到1.31.0，12月4日前', 'upgrade', { to: '1.31.0', by: expect.stringMatching(/^20\d\d-12-04$/) }],
  ])('“%s” asks the worker at once', async (text, kind, more = {}) => {
    await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text })
    expect(await stage.request(kind)).toMatchObject({ cluster: 'prod-a', ask: more })
  })

  test.each([
    ['upgrade prod-a to latest', /not an Istio version/],
    ['upgrade prod-a to 1.31.0 by friday', /“friday” is not a day/],
    ['upgrade prod-a to 1.31.0 by 2026-02-30', /“2026-02-30” is not a day/],
    ['status prod-a by 2026-12-01', /do not understand “2026-12-01”/],
    ['upgrade prod-a and hurry', /do not understand “and”/],
    ['stop 1.31.0', /do not understand “1.31.0”/],
    ['status nowhere', /no cluster “nowhere”/],
    ['frobnicate <!channel>', /do not know “frobnicate”/],
    ['upgrade by 30 Feb prod-a', /“30 Feb” is not a day/],
    ['upgrade to 1.31.0 by 4 Dez', /“4” is not a day/],
    ['hold pay until 2026-12-04', /no command “hold”[^]*More/],
    ['stop; rollback', /do not understand “rollback” after stop[^]*stop \[CLUSTER\]/],
    ['stop to', /do not understand “to” after stop/],
    ['lang klingon', /Write it like this: lang \[en, zh or auto\]/],
    ['stop now', /no cluster “now”[^]*Known clusters: prod-a[^]*Run stop prod-a/],
    ['upgrade prod-b to 1.31.0, by Dec 4', /Known clusters: prod-a[^]*Run upgrade prod-a to 1.31.0 by Dec 4/],
    ['roll back prod-a', /Run rollback prod-a/],
    ['rolback production now', /Run rollback(?! )/],
    ['stpo please prod-a', /Run stop prod-a(?! )/],
    ['stop please prod-a', /no cluster “please”[^]*Run stop prod-a(?! )/],
    ['upgrda prod-a to latest', /Run upgrade prod-a(?! )/],
  ])('“%s” is answered and sends nothing', async (text, pattern) => {
    expect(await type(text)).toMatch(pattern)
    expect(stage.sent).toEqual([])
  })

  test.each(['upgrade to', 'upgrade by', '升级 到', 'upgrade prod-a to'])('“%s” opens the dialog', async (text) => {
    await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text })
    await until(() => stage.slack.views('U0LEE').length === 1, 'the dialog')
    expect(JSON.stringify(stage.slack.views('U0LEE')[0])).toContain('prod-a')
    expect(stage.requests('upgrade')).toEqual([])
  })

  test('who reads Chinese reads in Chinese how a command is written', async () => {
    expect(await type('lang klingon', 'U0MEI')).toContain('语言 [en、zh 或 auto]')
    expect(await type('停止 现在', 'U0MEI')).toContain('执行 停止 prod-a')
  })

  test('a typo offers the nearest command as a button, which runs it', async () => {
    stage.statuses.set('prod-a', status())
    const seen = await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'stauts prod-a' })
    const guess = await seen.answer()
    await stage.slack.click({ user: 'U0LEE', channel: CHANNEL, ts: guess.ts, actionId: 'help.run' })
    await until(() => stage.slack.ephemerals('U0LEE').length === 2, 'the status')
    const answers = stage.slack.ephemerals('U0LEE').map((message) => stage.slack.text(message))
    expect(answers[1]).toContain('waiting for people')
  })
})

describe('status and approvals', () => {
  test('status comes from the read model, with the age of what it says', async () => {
    stage.statuses.set('prod-a', status())
    const text = await type('status')
    expect(text).toContain('Upgrade 1.30.0 → 1.31.0')
    expect(text).toContain('2026-11-24 09:00 UTC')
    expect(stage.sent).toEqual([])
  })

  test('a cluster of which nothing is known is said to be so', async () => {
    expect(await type('status')).toContain('nothing is known yet')
  })

  test('roll back from the status names the run of its button, so that the worker lets it reach no other', async () => {
    stage.statuses.set('prod-a', status())
    const seen = await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'status' })
    const { ts } = await seen.answer()
    const click = { user: 'U0LEE', channel: CHANNEL, ts, actionId: 'run.undo' }
    await stage.slack.click(click)
    expect((await stage.request('rollback')).ask).toMatchObject({ run: status().run?.id })
    const other = 'run-01jd9q4t7h0123456789abcdee'
    await stage.slack.click({ ...click, forge: { value: other } })
    expect((await stage.request('rollback', 2)).ask).toMatchObject({ run: other })
    await stage.slack.click({ ...click, forge: { value: 'no run' } })
    await until(
      () => stage.slack.ephemerals('U0LEE').some((m) => stage.slack.text(m).includes('ended or was replaced')),
      'a refusal',
    )
    expect(stage.requests('rollback')).toHaveLength(2)
  })

  test('approvals lists what this very person may decide', async () => {
    stage.statuses.set('prod-a', status())
    expect(await type('approvals', 'U0SAM')).toContain('switch injection')
    expect(await type('approvals', 'U0LEE')).toContain('Nothing waits for you')
    const drawn = JSON.stringify(stage.slack.ephemerals('U0SAM').at(-1)?.versions)
    expect(drawn).toContain('archives/C0PLATFORM/p1795510800000100')
  })
})

describe('several clusters', () => {
  test('in a channel of one of them that one is meant; elsewhere buttons ask which', async () => {
    await stage.close()
    stage = await chatStage({ settings: SETTINGS })
    stage.slack.addChannel({ id: 'C0LOBBY' })
    await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'stop' })
    expect((await stage.request('stop')).cluster).toBe('prod-a')
    const seen = await stage.slack.command({ user: 'U0LEE', channel: 'C0LOBBY', text: 'rollback' })
    const { ts } = await seen.answer()
    await stage.slack.click({ user: 'U0LEE', channel: 'C0LOBBY', ts, actionId: 'help.run.1' })
    expect((await stage.request('rollback')).cluster).toBe('prod-b')
  })
})

describe('while no verdict comes', () => {
  async function impatient(): Promise<void> {
    await stage.close()
    stage = await chatStage({ settings: { times: { sent: 50, silent: 150, lapsed: 400 } } })
  }

  test('“sent” is said, then the last sign of life, then that it lapsed', async () => {
    await impatient()
    stage.pulses.set('prod-a', { v: 1, cluster: 'prod-a', worker: 'w-0', leads: true, at: AT })
    await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'stop' })
    await until(() => stage.slack.ephemerals('U0LEE').length === 3, 'three answers')
    const texts = stage.slack.ephemerals('U0LEE').map((message) => stage.slack.text(message))
    expect(texts[0]).toContain('Sent to the worker of prod-a')
    expect(texts[1]).toContain('2026-11-24 09:00 UTC')
    expect(texts[2]).toContain('did not answer within 2 minutes')
    const { id } = await stage.request('stop')
    await stage.chat.handleNotice(verdictNotice(id, true, 'RUN_STOPPED'))
    await until(() => stage.slack.ephemerals('U0LEE').length === 4, 'the verdict, which came late')
  })

  test('nothing of it once the verdict is there, whichever bot told it', async () => {
    await impatient()
    await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'stop' })
    const { id } = await stage.request('stop')
    const reply = stage.memory.replies.get(id)
    if (!reply) throw new Error('no reply was kept')
    stage.memory.replies.set(id, { ...reply, what: 'answered' })
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(stage.slack.ephemerals('U0LEE')).toEqual([])
  })
})

describe('Redis away', () => {
  test('a command is answered with a sentence', async () => {
    stage.queueLost = true
    expect(await type('stop')).toContain('could not reach its queue')
    stage.memory.lost = true
    expect(await type('stop')).toContain('could not reach its queue')
  })
})
