import { expect, test } from '@jest/globals'
import type { Reply } from '../ports/read-model.ts'
import { newKeyPair } from '../kernel/signatures.ts'
import type { Chat } from './chat.ts'
import { draftOf, keepDraft, type RestartDraft } from './restart-draft.ts'

const ID = 'rq-01jd9q4t7h0123456789abcdef'
const OTHER = 'rq-01jd9q4t7h0123456789abcdeg'
const REPLY: Reply = { url: 'https://hooks.example', user: 'U0MEI', locale: 'en', sentAt: 1, what: '' }
const DRAFT: RestartDraft = {
  dialog: 'restart',
  cluster: 'prod-a',
  channel: 'C0PAY',
  run: 'run-01jd9q4t7h0123456789abcdef',
  to: '1-31-0',
  team: 'payments',
  workloads: [{ namespace: 'pay', kind: 'Deployment', name: 'api' }],
  later: false,
  view: 'V1',
  chosen: 0,
  shown: { uid: 'u1', shape: '0'.repeat(64) },
}

/** A bot with a key, on a Redis that whoever wants to can write. */
function aBot(replies: Map<string, Reply>, signingKey: string) {
  return {
    memory: {
      keepReply: async (id: string, reply: Reply) => void replies.set(id, reply),
      reply: async (id: string) => replies.get(id) ?? null,
    },
    settings: { signingKey },
    times: { memory: 1000 },
  } as unknown as Pick<Chat, 'memory' | 'settings' | 'times'>
}

test('what a dialog showed is what every bot finds, and only whoever saw it', async () => {
  const [replies, key] = [new Map<string, Reply>(), newKeyPair().privateKey]
  await keepDraft(aBot(replies, key), ID, REPLY, DRAFT)
  expect((await draftOf(aBot(replies, key), ID, 'U0MEI'))?.draft).toEqual(DRAFT)
  expect(await draftOf(aBot(replies, key), ID, 'U0OUT')).toBeNull()
})

test.each<readonly [string, (reply: Reply) => readonly [string, Reply]]>([
  ['another workload', (reply) => [ID, { ...reply, what: reply.what.replace('"api"', '"ledger"') }]],
  ['another team', (reply) => [ID, { ...reply, what: reply.what.replace('payments', 'shop') }]],
  ['another state of it', (reply) => [ID, { ...reply, what: reply.what.replace('"u1"', '"u2"') }]],
  ['the dialog of somebody else', (reply) => [ID, { ...reply, user: 'U0OUT' }]],
  ['another dialog of the same person', (reply) => [OTHER, reply]],
  ['one without a seal', (reply) => [ID, { ...reply, what: JSON.stringify(DRAFT) }]],
])('a thief of Redis puts %s there: it is none', async (_name, forge) => {
  const [replies, key] = [new Map<string, Reply>(), newKeyPair().privateKey]
  await keepDraft(aBot(replies, key), ID, REPLY, DRAFT)
  const kept = replies.get(ID)
  if (!kept) throw new Error('nothing was kept')
  const [id, forged] = forge(kept)
  expect(forged.what + forged.user + id).not.toBe(kept.what + kept.user + ID)
  replies.set(id, forged)
  expect(await draftOf(aBot(replies, key), id, forged.user)).toBeNull()
})
