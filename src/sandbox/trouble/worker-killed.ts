import { newTrouble } from './lasting.ts'
import { lossesSince } from './losses.ts'
import type { Trouble } from './trouble.ts'
import type { TroubleParts } from './trouble-parts.ts'

/** kill -9 of the worker that leads; the other one takes over, and a new one comes. */
export function newWorkerKilled(parts: TroubleParts): Trouble {
  return newTrouble({
    name: 'worker-killed',
    label: 'Worker killed',
    now: parts.now,
    losses: () => {
      const lost = lossesSince(parts)
      return () => (parts.workers.leads() ? lost() : 'nobody leads yet')
    },
    bites: () => (parts.workers.leads() ? 'kill -9 of the worker that leads, whatever it is doing' : null),
    begin: async () => parts.workers.killLeader(),
    finish: null,
  })
}
