import { messageOf, refusalOf } from '../../kernel/errors.ts'

/** When the demo is to end. */
export type Ending = {
  readonly signal: AbortSignal
  /** It ends by an error that nobody caught, which was printed as `CODE: message` when it came. */
  readonly isBroken: () => boolean
}

/** Ctrl-C, a service manager, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** From now on signals, and errors that nobody caught, end the demo in order instead of this process at once. */
export function listenForTheEnd(): Ending {
  const ending = new AbortController()
  let isBroken = false
  // Not once: a second signal, as npm sends it after the terminal's, must not cut the tidying short.
  for (const signal of SIGNALS) process.on(signal, () => ending.abort())
  const breaks = (error: unknown): void => {
    isBroken = true
    console.error(`${refusalOf(error).code}: ${messageOf(error)}`)
    ending.abort()
  }
  process.on('uncaughtException', breaks)
  process.on('unhandledRejection', breaks)
  return { signal: ending.signal, isBroken: () => isBroken }
}
