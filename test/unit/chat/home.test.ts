import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { renderView } from '../../../src/sandbox/slack-server/render.ts'
import { startSlackServer, type SlackServer } from '../../../src/sandbox/slack-server/server.ts'
import { CHANNEL, chatStage, messageNotice, until, type Stage } from '../../support/chat-stage.ts'
import { status, stragglers } from '../../gallery/read-model-samples.ts'
import { approvalSample } from '../../support/phase-samples.ts'

const PAY = 'C0PAY'
const TEAMS = [
  { name: 'payments', channel: PAY },
  { name: 'search', channel: 'C0SEARCH', members: ['S0FIND', 'U0IDA'] },
]

let slack: SlackServer
let stage: Stage

beforeEach(async () => {
  slack = await startSlackServer({
    rateLimits: 'off',
    users: [
      { id: 'U0MEI', realName: 'Mei' },
      { id: 'U0LIN', realName: '林晓', locale: 'zh-CN' },
      { id: 'U0GUEST', realName: 'Gus', isRestricted: true },
      { id: 'U0KIM', realName: 'Kim' },
      { id: 'U0IDA', realName: 'Ida' },
    ],
    groups: [
      { id: 'S0MESH', handle: 'mesh', members: ['U0MEI'] },
      { id: 'S0FIND', handle: 'find', members: ['U0KIM'] },
    ],
    channels: [
      { id: CHANNEL, name: 'platform' },
      { id: PAY, name: 'pay', members: ['U0LIN'] },
      { id: 'C0SEARCH', name: 'search', members: [] },
    ],
  })
  stage = await chatStage({
    slack,
    settings: { teams: TEAMS, command: '/mesh', times: { working: 60_000, workerQuiet: 400 } },
  })
  stage.statuses.set('prod-a', status('prod-a'))
  stage.lists.set('prod-a', stragglers('prod-a'))
})

afterEach(async () => {
  await stage.close()
  await slack.close()
})

const home = (user: string) => until(() => slack.home(user), `the Home of ${user}`)
const shown = async (user: string): Promise<string> => renderView((await home(user)).view)

describe('App Home', () => {
  test('shows an approver what waits for them, with the card, and where upgrades stand', async () => {
    const card = { ...approvalSample('usual', 'pending', 'switch'), approvers: ['U0MEI'], approvedBy: [] }
    const known = status('prod-a')
    const open = [{ card, posted: { channel: CHANNEL, ts: '1763971200.000100' } }]
    stage.statuses.set('prod-a', { ...known, run: { ...known.run!, open } })
    await slack.openHome('U0MEI')
    const text = await shown('U0MEI')
    expect(text).toContain('[Open the card]')
    expect(JSON.stringify((await home('U0MEI')).view)).toContain(`/archives/${CHANNEL}/p1763971200000100`)
    expect(text).toMatch(/\*prod-a\* {3}Upgrade 1\.30\.0 → 1\.31\.0.*\*waiting for people\*/)
    expect(text).toContain('None of the teams that the settings name is yours')
    expect(text).toContain('/mesh stragglers TEAM')
  })

  test.each(['U0KIM', 'U0IDA'])(
    'shows the workloads of a team to its member %s, who is not in its channel',
    async (user) => {
      await slack.openHome(user)
      const text = await shown(user)
      expect(text).toContain('search/index')
      expect(text).not.toContain('pay/api')
    },
  )

  test('says of nobody that nothing is left while there are sidecars of which nothing is known', async () => {
    stage.lists.set('prod-a', { ...stragglers('prod-a'), workloads: [], unknown: 3 })
    await slack.openHome('U0LIN')
    expect(await shown('U0LIN')).toMatch(/有 3 个 Pod 无法得知/)
  })

  test('shows somebody of a team, in their language, what is left of theirs and nothing of others', async () => {
    await slack.openHome('U0LIN')
    const text = await shown('U0LIN')
    expect(text).toContain('payments')
    expect(text).toContain('ledger')
    expect(text).not.toContain('index')
    expect(text).toContain('没有等待你的事项。')
    expect(text).toContain('语言 / Language')
  })

  test('shows a guest nothing of a cluster', async () => {
    await slack.openHome('U0GUEST')
    const text = await shown('U0GUEST')
    expect(text).toContain('full members of this workspace only')
    expect(text).not.toMatch(/prod-a|payments|1\.3/)
  })

  test('is drawn again when something happens, for who had it open', async () => {
    await slack.openHome('U0MEI')
    await home('U0MEI')
    const known = status('prod-a')
    stage.statuses.set('prod-a', { ...known, run: { ...known.run!, to: { revision: '1-32-0', version: '1.32.0' } } })
    await stage.chat.handleNotice(messageNotice(approvalSample('usual', 'pending', 'switch'), 1))
    const newer = (): string => renderView(slack.home('U0MEI')?.view ?? {})
    expect(await until(() => newer().includes('1.32.0') && newer(), 'the newer status')).toContain('1.32.0')
  })

  test('a page that was drawn anew meanwhile is drawn from what is true then', async () => {
    await slack.openHome('U0MEI')
    await home('U0MEI')
    const forge = { view: { hash: '1.stale' } }
    await slack.click({ user: 'U0MEI', home: true, actionId: 'home.refresh', forge })
    await until(() => slack.calls('views.publish').length === 3, 'a second try')
    expect(slack.calls('views.publish').map(({ answer }) => answer?.['error'])).toEqual([
      undefined,
      'hash_conflict',
      undefined,
    ])
    expect(stage.log.filter((line) => line.includes('could not be drawn'))).toEqual([])
  })
})

describe('the language that somebody chose', () => {
  test('in App Home: the page, the next answer, and after a flush of Redis what the page carries', async () => {
    await slack.openHome('U0MEI')
    await home('U0MEI')
    await slack.select({ user: 'U0MEI', home: true, actionId: 'home.language', value: 'zh' })
    await until(() => renderView(slack.home('U0MEI')?.view ?? {}).includes('等待你决定'), 'the page in Chinese')
    expect(await answered('approvals')).toContain('等待你决定')
    const other = await chatStage({ slack, settings: { teams: TEAMS } })
    await stage.close()
    expect(other.memory.languages.get('U0MEI')).toBeUndefined()
    await slack.openHome('U0MEI')
    await until(() => other.memory.languages.get('U0MEI') === 'zh', 'the choice to come back')
    stage = other
  })

  test('by a command, and back to the one of Slack', async () => {
    expect(await answered('lang zh')).toContain('使用中文')
    expect(await answered('help')).toContain('/mesh 语言')
    expect(await answered('语言 自动')).toMatch(/answered in English.*Chosen by itself/)
    expect(await answered('lang klingon')).toContain('lang [en, zh or auto]')
  })

  async function answered(text: string): Promise<string> {
    const seen = await slack.command({ user: 'U0MEI', channel: CHANNEL, command: '/mesh', text })
    return slack.text(await until(() => seen.answers().at(-1), 'an answer'))
  }
})
