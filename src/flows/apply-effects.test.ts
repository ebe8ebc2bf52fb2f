import { expect, test } from '@jest/globals'
import { aRun } from '../../test/support/run-builders.ts'
import { newTurns } from '../kernel/turns.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Effect, Run } from '../wire/run.ts'
import { applyEffects } from './apply-effects.ts'
import type { WorkerContext } from './worker-context.ts'

const AT = '2026-03-02T10:00:00.000Z'
const FORWARD: Effect = { kind: 'step', id: 'e1', step: 'install.save', attempt: 1, direction: 'forward' }
const BACK: Effect = { kind: 'step', id: 'e2', step: 'install.install', attempt: 2, direction: 'undo' }
const CANCEL: Effect = { kind: 'cancel-step', id: 'e3', step: 'install.install' }
const VERDICT: Effect = { kind: 'verdict', id: 'e4', request: 'rq-1', ok: true, said: codedOf('STARTED') }
const LINES: readonly Effect[] = ['e5', 'e6'].map((id) => ({ kind: 'audit', id, what: codedOf('STARTED'), at: AT }))

/** What was done of a run's pending effects, in its order; the audit's ConfigMaps may be unwritable. */
async function doneOf(pending: readonly Effect[], auditWorks = true): Promise<readonly string[]> {
  const done: string[] = []
  let run: Run = { ...aRun(), pending: [...pending] }
  const cancelled = { abort: () => void done.push('cancel') } as unknown as AbortController
  const ctx = {
    effectTurns: newTurns(),
    lost: new AbortController().signal,
    runs: {
      current: async () => run,
      change: async (event: { readonly ids: readonly string[] }) => {
        run = { ...run, pending: run.pending.filter(({ id }) => !event.ids.includes(id)) }
      },
    },
    audit: {
      append: async ({ id }: { readonly id: string }) => {
        if (!auditWorks) throw new Error('no audit')
        done.push(id)
      },
    },
    queue: {
      addStep: async (_: string, { direction }: { readonly direction: string }) => void done.push(direction),
      addNotice: async () => void done.push('told'),
    },
    running: new Map([['install.install', cancelled]]),
    settings: { cluster: 'prod-a' },
    clocks: { machine: { now: () => 0 } },
    log: { warn: () => undefined },
  } as unknown as WorkerContext
  await applyEffects(ctx, async () => void done.push('status'))
  return [...done, ...run.pending.map(({ id }) => `left ${id}`)]
}

test('audit lines first, then what acts, then the status, then what is told', async () => {
  expect(await doneOf([VERDICT, FORWARD, ...LINES])).toEqual(['e5', 'e6', 'forward', 'status', 'told'])
})

test('without its audit no step goes forward; a way back does, and people are answered', async () => {
  const done = await doneOf([...LINES, FORWARD, BACK, CANCEL, VERDICT], false)
  expect(done).toEqual(['undo', 'cancel', 'status', 'told', 'left e5', 'left e6', 'left e1'])
})
