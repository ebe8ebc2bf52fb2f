import type { Coded } from '../wire/facts.ts'

/** A URL of tenants' traffic that is asked while a phase is at work. */
export type HttpProbe = {
  readonly name: string
  readonly url: string
  /** How often it is asked, in ms. */
  readonly everyMs: number
  /** The error budget: more failures than `allowed` within any `windowMs` are a breach. */
  readonly windowMs: number
  readonly allowed: number
}

export type HttpProbes = {
  /** Asks each URL once: what gives no answer (HTTP_PROBE_SILENT) or a bad one (HTTP_PROBE_FAILING); empty when all is well. */
  readonly check: () => Promise<readonly Coded[]>
  /** Asks from now on, each at its pace; resolves when each was asked once. */
  readonly open: () => Promise<ProbeWatch>
}

/** URLs that are being asked. A budget that is spent is told by the signal; the reason is the code. */
export type ProbeWatch = {
  readonly breached: AbortSignal
  /** HTTP_BUDGET_SPENT {name, failed, requests, allowed, seconds, last}; null while no budget is spent. */
  readonly breach: () => Coded | null
  /**
   * Asks each once more, a few times within some seconds until all of them answer well in one round: HTTP_PROBE_LEFT_BAD {name, last}
   * where they don't, also if the budget would allow it. A budget forgives what is over, not an outage that goes on.
   */
  readonly settled: () => Promise<Coded | null>
  /** How all of it went: HTTP_PROBED {name, requests, failed, allowed, p50, p99} for each, times in ms. */
  readonly sum: () => readonly Coded[]
  readonly close: () => void
}
