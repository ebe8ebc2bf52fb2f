import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { CHANNEL, chatStage, type Stage } from '../../support/chat-stage.ts'

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
