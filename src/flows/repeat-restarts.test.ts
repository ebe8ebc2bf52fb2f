import { expect, test } from '@jest/globals'
import { isoOf } from '../kernel/clock.ts'
import { record, T0 } from '../restarts/parts-for-tests.ts'
import type { Restart } from '../wire/restarts.ts'
import { repeatMessages } from './repeat-messages.ts'
import { messageOfRestart } from './send-restart.ts'
import type { WorkerContext } from './worker-context.ts'

const DONE = record({ state: 'done', revision: 3, told: 3, endedAt: isoOf(T0) })
const OPEN = record({ state: 'running', revision: 2, told: 2 })

test.each<readonly [string, Restart, number | null, readonly string[]]>([
  ['whose last word is not known to be shown', DONE, 2, ['3']],
  ['whose place was never told', DONE, null, ['3']],
  ['whose last word is shown', DONE, 3, []],
  ['that goes on', OPEN, null, ['2']],
  ['that goes on and is shown, since its card must be remembered to be clicked', OPEN, 2, ['2']],
  ['that is history', { ...DONE, endedAt: isoOf(T0 - 90_000_000) }, 2, []],
])('a restart %s', async (_name, one, shown, sent) => {
  const revisions: string[] = []
  const saved = shown === null ? {} : { [messageOfRestart(one)]: { channel: 'C0PAY', ts: '1.2', revision: shown } }
  const clock = { now: () => T0 }
  const ctx = {
    settings: { cluster: 'prod-a', channel: 'C0PROD', teams: {} },
    clocks: { machine: clock, calendar: clock },
    runs: { current: async () => null },
    restarts: { read: async () => [one] },
    store: { lastEnded: async () => null, messages: async () => saved },
    queue: { addNotice: async ({ id }: { readonly id: string }) => void revisions.push(id.split('.').at(-1) ?? '') },
  } as unknown as WorkerContext
  await repeatMessages(ctx)
  expect(revisions).toEqual(sent)
})
