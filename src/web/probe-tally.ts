import type { HttpProbe } from '../ports/http-probes.ts'
import type { Coded } from '../wire/facts.ts'
import type { UrlAnswer } from './ask-url.ts'

type Asked = UrlAnswer & { readonly atMs: number }

/** What one URL has answered so far. */
export type Tally = { readonly probe: HttpProbe; readonly asked: readonly Asked[] }

export function emptyTally(probe: HttpProbe): Tally {
  return { probe, asked: [] }
}

export function withAnswer(tally: Tally, answer: UrlAnswer, atMs: number): Tally {
  return { ...tally, asked: [...tally.asked, { ...answer, atMs }] }
}

/**
 * HTTP_BUDGET_SPENT once more requests have failed within the last window than the budget allows. Counted against what a whole
 * window allows, so that the first seconds of a phase are judged no harder than the rest.
 */
export function budgetSpent({ probe, asked }: Tally, nowMs: number): Coded | null {
  const within = asked.filter(({ atMs }) => atMs > nowMs - probe.windowMs)
  const bad = within.filter(({ good }) => !good)
  if (bad.length <= probe.allowed) return null
  const { name, allowed, windowMs } = probe
  const facts = { name, failed: bad.length, requests: within.length, allowed, seconds: Math.round(windowMs / 1000) }
  return { code: 'HTTP_BUDGET_SPENT', facts: { ...facts, last: bad.at(-1)?.message ?? '' } }
}

/** HTTP_PROBED {name, requests, failed, allowed, p50, p99}: times in ms, of the requests that were answered. */
export function sumOf({ probe, asked }: Tally): Coded {
  const times = asked.filter(({ status }) => status !== null).map(({ ms }) => ms)
  const failed = asked.filter(({ good }) => !good).length
  const facts = { name: probe.name, requests: asked.length, failed, allowed: probe.allowed }
  return { code: 'HTTP_PROBED', facts: { ...facts, p50: quantile(times, 0.5), p99: quantile(times, 0.99) } }
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
}
