import type { Log } from '../kernel/log.ts'

export type Outages = { readonly failed: (error: Error) => void; readonly works: () => void }

/** One log line when a queue's Redis goes away and one when it is back, not one for each try. */
export function newOutages(log: Log, queue: string): Outages {
  let away = false
  return {
    failed: (error) => {
      if (!away) log.warn('a queue lost Redis; trying again until it is back', { queue, reason: error.message })
      away = true
    },
    works: () => {
      if (away) log.info('a queue has Redis again', { queue })
      away = false
    },
  }
}
