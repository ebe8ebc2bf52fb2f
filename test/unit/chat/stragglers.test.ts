import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { CHANNEL, chatStage, until, type Stage } from '../../support/chat-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await chatStage()
})

afterEach(async () => {
  await stage.close()
})

const AT = '2026-11-24T09:00:00.000Z'

function left(...teams: (string | null)[]): void {
  const workloads = teams.map((team, n) => ({
    team,
    namespace: 'shop',
    kind: 'Deployment',
    name: `of-${team ?? 'nobody'}-${n}`,
    old: 1,
    pods: 1,
    newestPodAt: AT,
    cause: { code: 'NOT_REDEPLOYED', facts: {} },
  }))
  const migration = { from: ['default'], to: '1-31-0' }
  stage.lists.set('prod-a', { v: 1, cluster: 'prod-a', migration, countedAt: AT, workloads })
}

async function type(text: string): Promise<string> {
  const seen = await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text })
  return stage.slack.text(await seen.answer())
}

test('what no team owns is asked for by a word, in both languages', async () => {
  left('payments', null)
  for (const word of ['unowned', 'Unowned', '未注明']) {
    const answer = await type(`stragglers ${word}`)
    expect(answer).toMatch(/of-nobody-1/)
    expect(answer).not.toMatch(/of-payments/)
  }
})

test('a team that is called so is meant before, and in quotes always', async () => {
  left('unowned', null)
  expect(await type('stragglers unowned')).toMatch(/of-unowned-0/)
  left('payments', null)
  expect(await type('stragglers "unowned"')).not.toMatch(/of-nobody/)
})

test('the name of a team may have spaces, in quotes or without', async () => {
  left('red team', 'payments')
  for (const name of ['red team', '"red team"', '“red team”']) {
    const answer = await type(`stragglers ${name}`)
    expect(answer).toMatch(/of-red team-0/)
    expect(answer).not.toMatch(/of-payments/)
  }
  expect(await type('stragglers red taem')).toMatch(/stragglers red team/)
})

test('a cluster takes no further word', async () => {
  left('payments')
  expect(await type('stragglers prod-a payments')).toMatch(/stragglers \[TEAM, unowned or CLUSTER\]/)
})

test('a team is found in whatever case it is typed', async () => {
  left('payments', 'Billing')
  expect(await type('stragglers PAYMENTS')).toMatch(/of-payments-0/)
  expect(await type('stragglers “billing”')).toMatch(/of-Billing-1/)
  expect(await type('stragglers Prod-A')).toMatch(/of-payments-0[^]*of-Billing-1/)
})

test('two teams that differ in case alone are told apart, and neither is guessed', async () => {
  left('payments', 'Payments')
  expect(await type('stragglers Payments')).toMatch(/of-Payments-1/)
  const answer = await type('stragglers PAYMENTS')
  expect(answer).toMatch(/I know no team or cluster “PAYMENTS”/)
  expect(answer).toMatch(/Run stragglers payments[^]*Run stragglers Payments/)
})

test.each(['nosuchteam', '"unowned"', 'prod-x', 'pay'])(
  'of “%s”, whom nobody knows, nothing safe is said',
  async (name) => {
    left('payments')
    const answer = await type(`stragglers ${name}`)
    expect(answer).toMatch(/I know no team or cluster “.*”, so nothing is said of its pods/)
    expect(answer).toMatch(/Clusters: prod-a; teams .*: payments/)
    expect(answer).not.toMatch(/runs an old sidecar/)
  },
)

test('the nearest is a button that runs it: a cluster, or a team that begins so', async () => {
  left('payments')
  expect(await type('stragglers prod-x')).toMatch(/Run stragglers prod-a/)
  const seen = await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'stragglers pay' })
  const { ts } = await seen.answer()
  await stage.slack.click({ user: 'U0LEE', channel: CHANNEL, ts, actionId: 'help.run' })
  const last = (): string =>
    stage.slack
      .ephemerals('U0LEE')
      .map((message) => stage.slack.text(message))
      .at(-1) ?? ''
  await until(() => last().includes('of-payments-0'), 'the stragglers of payments')
})

test('the name of a namespace leads to whose pods are left in it', async () => {
  left('payments', null)
  const answer = await type('stragglers Shop')
  expect(answer).toMatch(/“Shop” is a namespace[^]*Pods left in it: payments, no team named/)
  expect(answer).toMatch(/Run stragglers payments[^]*Run stragglers unowned/)
})

test('a team of the settings is known with nothing left; where sidecars are unknown it is not called safe', async () => {
  await stage.close()
  stage = await chatStage({ settings: { teams: [{ name: 'search', channel: 'C0SEARCH' }] } })
  left('payments')
  expect(await type('stragglers Search')).toMatch(/no pod of search runs an old sidecar/)
  const list = stage.lists.get('prod-a')
  if (list) stage.lists.set('prod-a', { ...list, unknown: 3 })
  expect(await type('stragglers search')).toMatch(/no pod of search is known to run an old sidecar/)
})

test('a name that would call a whole channel is tamed', async () => {
  left('<!channel>')
  const answer = await type('stragglers nosuchteam')
  expect(answer).not.toMatch(/<!channel>/)
})
