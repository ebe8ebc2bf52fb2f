import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { TeamFacts } from '../../../src/wire/card-facts.ts'
import type { Notice } from '../../../src/wire/notice.ts'
import { CHANNEL, chatStage, messageNotice, until, type Stage } from '../../support/chat-stage.ts'
import { teamSample, unownedSample } from '../../support/card-samples.ts'

let stage: Stage
beforeEach(async () => {
  stage = await chatStage()
})
afterEach(() => stage.close())

const TOLD = teamSample('usual', 'told')

async function posted(facts: TeamFacts): Promise<string> {
  await stage.chat.handleNotice(messageNotice(facts, 1))
  return until(() => {
    const [message] = stage.slack.messages(CHANNEL)
    const isThere = message && [...stage.memory.rows.values()].some(({ shownRevision }) => shownRevision === 1)
    return isThere ? message.ts : null
  }, 'the card')
}

function verdict(request: string, code: string, facts: object): Notice {
  const said = { code, facts: { ...facts } }
  return {
    v: 1,
    kind: 'verdict',
    id: `v-${request}`,
    cluster: 'prod-a',
    at: new Date().toISOString(),
    request,
    ok: true,
    said,
    more: [],
  }
}

const WHICH = {
  cluster: 'prod-a',
  run: TOLD.run,
  team: 'payments',
  workloads: ['pay/Deployment/api', 'pay/StatefulSet/db'],
  more: 0,
}

/** Sam clicked, and is offered a choice of two. */
async function offered() {
  const ts = await posted(TOLD)
  await stage.slack.click({
    user: 'U0SAM',
    channel: CHANNEL,
    ts,
    actionId: 'team.sidecar',
    forge: { value: 'run-of-a-forger' },
  })
  const { id, ask } = await stage.request('compare')
  expect(ask).toEqual({ kind: 'compare', run: TOLD.run, team: 'payments' })
  await stage.chat.handleNotice(verdict(id, 'SIDECAR_WHICH', WHICH))
  const choice = await until(() => stage.slack.ephemerals('U0SAM').at(-1), 'the choice')
  const [value = ''] = /rq-\w+\.1/.exec(JSON.stringify(choice.versions)) ?? []
  return { choice, value }
}

test('run and team come from the stored card; what is chosen, from the list that was kept', async () => {
  const { choice, value } = await offered()
  await stage.slack.select({ user: 'U0SAM', channel: CHANNEL, ts: choice.ts, actionId: 'sidecar.which', value })
  const { ask, cluster } = await stage.request('compare', 2)
  expect(cluster).toBe('prod-a')
  expect(ask).toEqual({
    kind: 'compare',
    run: TOLD.run,
    team: 'payments',
    workload: { namespace: 'pay', kind: 'StatefulSet', name: 'db' },
  })
  await stage.chat.handleNotice(
    verdict((await stage.request('compare', 2)).id, 'SIDECAR_NO_DIFFERENCE', {
      pods: 1,
      old: 2,
      channel: 'C0PROD',
      by: 'U0LEE',
    }),
  )
  const said = await until(
    () =>
      stage.slack
        .ephemerals('U0SAM')
        .map((one) => stage.slack.text(one))
        .find((text) => text.includes('No difference')),
    'the verdict',
  )
  expect(said).toMatch(/the 1 new pod, nor in the 2 old ones[\s\S]+Whom to ask: [\s\S]+<#C0PROD>/)
})

test.each([
  ['a place that is not in it', (value: string) => value.replace(/1$/, '7')],
  ['a name in the place of one', () => 'shop/Deployment/cart'],
  ['a list that was never offered', (value: string) => value.replace('rq-', 'rq-x')],
])('%s is refused, and nobody is asked', async (_, forged) => {
  const { choice, value } = await offered()
  const option = { selected_option: { text: { type: 'plain_text', text: 'x' }, value: forged(value) } }
  await stage.slack.select({
    user: 'U0SAM',
    channel: CHANNEL,
    ts: choice.ts,
    actionId: 'sidecar.which',
    value,
    forge: { action: option },
  })
  await until(
    () => stage.slack.ephemerals('U0SAM').some((one) => /offered more than 30 minutes ago/.test(stage.slack.text(one))),
    'the refusal',
  )
  expect(stage.requests('compare')).toHaveLength(1)
})

test('what was offered to one person is no choice of another', async () => {
  const { choice, value } = await offered()
  const forge = { payload: { user: { id: 'U0LEE' } } }
  await stage.slack.select({ user: 'U0SAM', channel: CHANNEL, ts: choice.ts, actionId: 'sidecar.which', value, forge })
  await until(
    () =>
      [...stage.slack.ephemerals('U0SAM'), ...stage.slack.ephemerals('U0LEE')].some((one) =>
        /or to somebody else/.test(stage.slack.text(one)),
      ),
    'the refusal',
  )
  expect(stage.requests('compare')).toHaveLength(1)
})

test('what no team owns has no such button', async () => {
  const ts = await posted(unownedSample('usual', 'told'))
  expect(stage.slack.text(stage.slack.message(CHANNEL, ts) ?? failed())).not.toContain('[Is it the sidecar?]')
})

function failed(): never {
  throw new Error('there is no message')
}
