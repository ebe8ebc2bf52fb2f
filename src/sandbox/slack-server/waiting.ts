import type { Timers } from './timers.ts'
import { transcriptOf } from './transcript.ts'
import type { World } from './world.ts'

/** Below the five seconds after which jest ends a test, so that the transcript is what one reads. */
const defaultMs = 4000

export type Waiter = {
  /** The first thing that `find` answers with other than undefined, null or false. Rejects with the transcript when the time is over. */
  readonly waitFor: <T>(find: () => T | undefined | null | false, timeoutMs?: number) => Promise<T>
  readonly close: () => void
}

/** Waits on the state of the world; `find` is asked again after every change. */
export function createWaiter(world: World, timers: Timers): Waiter {
  const ends = new Set<(why: string) => void>()
  const waitFor = <T>(find: () => T | undefined | null | false, timeoutMs = defaultMs): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const stop = () => {
        cancel()
        world.listeners.delete(look)
        ends.delete(fail)
      }
      const fail = (why: string) => {
        stop()
        reject(new Error(`${why}: ${find.toString()}\n${transcriptOf(world).slice(-4000)}`))
      }
      const look = () => {
        const found = attempt(find, (error) => {
          stop()
          reject(error)
        })
        if (found === undefined || found === null || found === false) return
        stop()
        resolve(found as T)
      }
      const cancel = timers.later(timeoutMs, () => fail(`not seen in ${timeoutMs} ms`))
      world.listeners.add(look)
      ends.add(fail)
      look()
    })
  return { waitFor, close: () => [...ends].forEach((end) => end('the local Slack was closed while waiting')) }
}

function attempt<T>(find: () => T, failed: (error: unknown) => void): T | undefined {
  try {
    return find()
  } catch (error) {
    failed(error)
    return undefined
  }
}
