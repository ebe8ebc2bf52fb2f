import { expect, test } from '@jest/globals'
import { newKeyPair } from '../kernel/signatures.ts'
import { askAgainOf } from './ask-for-again.ts'

/** Two clusters, one of them with a channel of its own for trouble; payments is a team's. */
function bot() {
  const world = { nowMs: 1000, lost: false, asked: [] as string[] }
  const ask = askAgainOf({
    settings: {
      clusters: [
        { name: 'prod-a', channel: 'C0PROD', fallbackChannel: 'C0OPS' },
        { name: 'prod-b', channel: 'C0OTHER' },
      ],
      teams: [{ name: 'payments', channel: 'C0PAY' }],
      signingKey: newKeyPair().privateKey,
    },
    clocks: { machine: { now: () => world.nowMs }, calendar: { now: () => 0 } },
    queue: {
      send: (cluster: string) => {
        if (world.lost) return Promise.reject(new Error('connect ECONNREFUSED'))
        world.asked.push(cluster)
        return Promise.resolve()
      },
    },
    log: { error: () => {} },
  } as unknown as Parameters<typeof askAgainOf>[0])
  return { world, ask }
}

test.each([
  ['a cluster', 'C0PROD', ['prod-a']],
  ['the trouble of a cluster', 'C0OPS', ['prod-a']],
  ['a team, in which any may speak', 'C0PAY', ['prod-a', 'prod-b']],
  ['nobody, since the settings changed', 'C0GONE', ['prod-a', 'prod-b']],
])('in the channel of %s these are asked', async (_, channel, asked) => {
  const { world, ask } = bot()
  expect(await ask(channel)).toBeNull()
  expect(world.asked).toEqual(asked)
})

test('each is asked once in ten seconds, however often forgotten cards are clicked', async () => {
  const { world, ask } = bot()
  for (const channel of ['C0PROD', 'C0PROD', 'C0PAY', 'C0OPS', 'C0PAY']) await ask(channel)
  expect(world.asked).toEqual(['prod-a', 'prod-b'])
  world.nowMs += 9999
  await ask('C0PAY')
  expect(world.asked).toHaveLength(2)
  world.nowMs += 1
  await ask('C0PROD')
  expect(world.asked).toEqual(['prod-a', 'prod-b', 'prod-a'])
})

test('one that could not be asked is said, and is asked at the next click', async () => {
  const { world, ask } = bot()
  world.lost = true
  expect(await ask('C0PROD')).toMatchObject({ code: 'QUEUE_UNREACHABLE', facts: { cluster: 'prod-a' } })
  world.lost = false
  expect(await ask('C0PROD')).toBeNull()
  expect(world.asked).toEqual(['prod-a'])
})
