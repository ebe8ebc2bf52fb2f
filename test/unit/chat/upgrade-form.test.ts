import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatSettings } from '../../../src/chat/settings.ts'
import type { Json } from '../../../src/sandbox/slack-server/json.ts'
import type { Seen } from '../../../src/sandbox/slack-server/people.ts'
import type { Preview } from '../../../src/wire/preview.ts'
import { CHANNEL, chatStage, until, verdictNotice, type Stage } from '../../support/chat-stage.ts'

const TWO: Partial<ChatSettings> = {
  clusters: [
    { name: 'prod-a', channel: 'C0FIRST' },
    { name: 'prod-b', channel: 'C0OTHER' },
  ],
}
const VERSIONS: Preview = {
  from: '1.30.0',
  versions: [
    { version: '1.32.0', why: [{ code: 'ISTIOCTL_UNPINNED', facts: { version: '1.32.0' } }] },
    { version: '1.31.1', why: [] },
    { version: '1.31.0', why: [] },
    { version: '1.30.0', why: [{ code: 'VERSION_NOT_NEWER', facts: { from: '1.30.0', to: '1.30.0' } }] },
  ],
}
let stage: Stage

beforeEach(async () => {
  stage = await chatStage()
})

afterEach(async () => {
  await stage.close()
})

async function restage(settings: Partial<ChatSettings>): Promise<void> {
  await stage.close()
  stage = await chatStage({ settings })
}

function type(text: string, user = 'U0LEE'): Promise<Seen> {
  return stage.slack.command({ user, channel: CHANNEL, text })
}

function shown(user = 'U0LEE'): string {
  return JSON.stringify(stage.slack.views(user).at(-1)?.view ?? null)
}

function expectShown(words: string, user = 'U0LEE'): Promise<unknown> {
  return until(() => shown(user).includes(words), `“${words}” in ${shown(user)}`)
}

function checksOf(version: string, more: Partial<NonNullable<Preview['checks']>> = {}): Preview {
  return { ...VERSIONS, checks: { version, refusals: [], warnings: [], classes: 12, ...more } }
}

async function answer(count: number, preview: Preview): Promise<void> {
  const { id } = await stage.request('preview', count)
  await stage.chat.handleNotice({ ...verdict(id, true, 'PREVIEWED'), preview })
}

function verdict(id: string, ok: boolean, code: string) {
  const notice = verdictNotice(id, ok, code)
  if (notice.kind !== 'verdict') throw new Error('no verdict')
  return notice
}

function choose(actionId: string, value: string): Promise<Seen> {
  const viewId = stage.slack.views('U0LEE').at(-1)?.id ?? ''
  return stage.slack.select({ user: 'U0LEE', viewId, actionId, value })
}

describe('an upgrade of which something is not said', () => {
  test('opens a dialog with what can be chosen, what can not and why, and the checks; sent, it asks as the command does', async () => {
    const seen = await type('upgrade')
    await expectShown('which versions can be chosen')
    expect((await stage.request('preview')).ask).toEqual({ kind: 'preview' })
    await answer(1, VERSIONS)
    await expectShown('Checking 1.31.1 on prod-a')
    expect((await stage.request('preview', 2)).ask).toEqual({ kind: 'preview', to: '1.31.1' })
    await answer(2, checksOf('1.31.1'))
    await expectShown('Nothing speaks against 1.31.1')
    expect(shown()).toContain('1.32.0: istioctl 1.32.0 has no SHA-256')
    expect(shown()).toContain('Add it under istioctl.sha256')
    expect(optionsOf('version.prod-a')).toEqual(['1.31.1', '1.31.0'])
    expect(await stage.slack.submit({ user: 'U0LEE' })).toMatchObject({ acked: true })
    expect(stage.slack.views('U0LEE')).toEqual([])
    const request = await stage.request('upgrade')
    expect(request).toMatchObject({ cluster: 'prod-a', channel: CHANNEL, ask: { kind: 'upgrade', to: '1.31.1' } })
    await stage.chat.handleNotice(verdictNotice(request.id, true, 'PLANNED'))
    expect(stage.slack.text(await seen.answer())).toContain('The upgrade is planned')
  })

  test('another version is checked at once, and an answer about the one before changes nothing', async () => {
    await type('upgrade prod-a')
    await answer(1, VERSIONS)
    await stage.request('preview', 2)
    await choose('upgrade.version', '1.31.0')
    await expectShown('Checking 1.31.0')
    await answer(2, checksOf('1.31.1'))
    expect(shown()).toContain('Checking 1.31.0')
    await answer(3, checksOf('1.31.0', { refusals: [{ code: 'INSTALL_RIGHTS_MISSING', facts: {} }] }))
    await expectShown('1 thing speaks against 1.31.0')
    expect(shown()).not.toContain('against 1.31.1')
    await stage.slack.submit({ user: 'U0LEE' })
    expect((await stage.request('upgrade')).ask).toMatchObject({ to: '1.31.0' })
  })

  test('of several clusters one is chosen; what is missing is said at its field', async () => {
    await restage(TWO)
    await type('upgrade to 1.31.0 ack hub')
    await expectShown('Choose a cluster')
    expect(await stage.slack.submit({ user: 'U0LEE', forge: {} })).toMatchObject({
      errors: { cluster: 'Choose a cluster.' },
    })
    await choose('upgrade.cluster', 'prod-b')
    expect(await stage.request('preview')).toMatchObject({ cluster: 'prod-b', ask: { acknowledge: ['hub'] } })
    const early = await stage.slack.submit({ user: 'U0LEE' })
    expect(early.errors?.['cluster']).toContain('No version of this cluster can be chosen yet')
    await answer(1, VERSIONS)
    await answer(2, checksOf('1.31.1'))
    await expectShown('Nothing speaks against 1.31.1 on prod-b')
    const empty = { 'version.prod-b': { 'upgrade.version': { type: 'static_select', selected_option: null } } }
    const cluster = { cluster: { 'upgrade.cluster': { selected_option: { value: 'prod-b' } } } }
    const forge = { view: { state: { values: { ...cluster, ...empty } } } }
    expect((await stage.slack.submit({ user: 'U0LEE', forge })).errors).toEqual({
      'version.prod-b': 'Choose a version.',
    })
    await stage.slack.submit({ user: 'U0LEE' })
    expect((await stage.request('upgrade')).ask).toEqual({ kind: 'upgrade', to: '1.31.1', acknowledge: ['hub'] })
    expect(stage.requests('upgrade')).toHaveLength(1)
  })

  test('is in the language of the person, even where that is known only after it opened', async () => {
    await type('升级', 'U0MEI')
    await expectShown('可选版本', 'U0MEI')
  })

  test('behind the button under a typo opens it too; a command that comes twice opens it once', async () => {
    const seen = await type('upgarde')
    const { ts } = await seen.answer()
    await stage.slack.click({ user: 'U0LEE', channel: CHANNEL, ts, actionId: 'help.run' })
    await expectShown('which versions can be chosen')
    const twice = await type('upgrade')
    await stage.request('preview', 2)
    await stage.slack.again(twice)
    await until(() => stage.slack.calls('views.open').length === 3, 'the second try')
    await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'help' }).then((help) => help.answer())
    expect(twice.answers().map((message) => stage.slack.text(message))).toEqual([
      expect.stringContaining('/istio help'),
    ])
    expect(stage.slack.views('U0LEE')).toHaveLength(1)
    expect(stage.requests('preview')).toHaveLength(2)
  })

  test('with everything said needs no dialog', async () => {
    await type('upgrade to 1.31.0')
    expect((await stage.request('upgrade')).ask).toEqual({ kind: 'upgrade', to: '1.31.0' })
    expect(stage.slack.views('U0LEE')).toEqual([])
  })
})

describe('while something is away', () => {
  test('the dialog opens although Redis says nothing, and says so', async () => {
    stage.memory.lost = true
    stage.queueLost = true
    await type('upgrade')
    await expectShown('could not reach its queue (Redis), so the worker of prod-a was not asked')
  })

  test('opens before Slack has said who asks', async () => {
    stage.slack.trouble.failNext('users.info', { delayMs: 2500 })
    await type('upgrade', 'U0SAM')
    await until(() => stage.slack.views('U0SAM').length === 1, 'the dialog')
    expect(stage.requests('preview')).toEqual([])
  })

  test('a silent worker is named; what it says later is shown all the same', async () => {
    await restage({ times: { silent: 100 } })
    const at = '2026-11-24T09:00:00.000Z'
    stage.pulses.set('prod-a', { v: 1, cluster: 'prod-a', worker: 'w-0', leads: true, at })
    await type('upgrade')
    await expectShown('No answer from the worker of prod-a yet; its last sign of life was')
    await answer(1, VERSIONS)
    await expectShown('Checking 1.31.1')
  })

  test('a worker that does not answer at all is not waited for', async () => {
    await restage({ times: { silent: 50, lapsed: 200 } })
    await type('upgrade')
    await expectShown('did not answer within 2 minutes')
  })

  test('a refusal of the worker stands in the dialog', async () => {
    await type('upgrade')
    const { id } = await stage.request('preview')
    await stage.chat.handleNotice(verdict(id, false, 'MAY_NOT_ASK'))
    await expectShown('@mesh-approvers')
  })

  test('a dialog that was closed is left alone', async () => {
    await type('upgrade')
    const { id } = await stage.request('preview')
    await stage.slack.closeModal({ user: 'U0LEE' })
    await stage.chat.handleNotice({ ...verdict(id, true, 'PREVIEWED'), preview: VERSIONS })
    expect(stage.requests('preview')).toHaveLength(1)
    expect(stage.slack.ephemerals('U0LEE')).toEqual([])
  })

  test('where it was typed is forgotten: the answer is a direct message', async () => {
    await type('upgrade')
    await answer(1, VERSIONS)
    await stage.request('preview', 2)
    stage.memory.replies.clear()
    await stage.slack.submit({ user: 'U0LEE' })
    const { id } = await stage.request('upgrade')
    await stage.chat.handleNotice(verdictNotice(id, true, 'PLANNED'))
    const direct = () => stage.slack.calls('chat.postMessage').find(({ args }) => args['channel'] === 'U0LEE')
    expect(JSON.stringify(await until(direct, 'a direct message'))).toContain('The upgrade is planned')
  })
})

function optionsOf(blockId: string): unknown[] {
  const blocks = (stage.slack.views('U0LEE').at(-1)?.view['blocks'] ?? []) as Json[]
  const element = blocks.find((block) => block['block_id'] === blockId)?.['element'] as Json
  return (element['options'] as Json[]).map((option) => option['value'])
}
