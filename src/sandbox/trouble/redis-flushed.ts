import { newTrouble } from './lasting.ts'
import { lossesSince } from './losses.ts'
import type { Trouble } from './trouble.ts'
import type { TroubleParts } from './trouble-parts.ts'

/** Redis forgets everything at once. */
export function newRedisFlushed(parts: TroubleParts): Trouble {
  return newTrouble({
    name: 'redis-flushed',
    label: 'Redis flushed',
    now: parts.now,
    losses: () => lossesSince(parts),
    bites: () => 'queues, caches and the list of messages are forgotten; the record of the run is in the cluster',
    begin: async () => {
      await parts.redis.flush()
      return true
    },
    finish: null,
  })
}
