/** What goes wrong with one call. Several may be given together. */
export type Failure = {
  /** An HTTP status without Slack's JSON, as a proxy or an outage gives. The call is not carried out. */
  readonly status?: number
  /** A Slack error word (`fatal_error`, …). The call is not carried out. */
  readonly error?: string
  /** 429 with this Retry-After, in seconds. The call is not carried out. */
  readonly retryAfter?: number
  /** The call IS carried out, and then the connection dies instead of the reply. */
  readonly dropReply?: boolean
  /** The call IS carried out at once, and the reply comes this many ms later. */
  readonly delayMs?: number
}

type Away = false | 'refused' | '5xx'

/** The troubles that are set for the next calls. Method `*` means any. */
export type Troubles = {
  away: Away
  readonly failNext: (method: string, failure: Failure, times?: number) => void
  readonly take: (method: string) => Failure | undefined
  readonly clear: () => void
}

export function createTroubles(): Troubles {
  const waiting: { method: string; failure: Failure; times: number }[] = []
  return {
    away: false,
    failNext: (method, failure, times = 1) => void waiting.push({ method, failure, times }),
    take: (method) => {
      const found = waiting.find((entry) => entry.times > 0 && (entry.method === method || entry.method === '*'))
      if (found === undefined) return undefined
      found.times -= 1
      return found.failure
    },
    clear: () => void waiting.splice(0),
  }
}
