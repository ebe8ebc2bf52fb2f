import type { Clock } from '../kernel/clock.ts'
import { sleep } from '../kernel/retry.ts'
import type { HttpProbe, HttpProbes, ProbeWatch } from '../ports/http-probes.ts'
import type { Coded } from '../wire/facts.ts'
import { askUrl } from './ask-url.ts'
import { budgetSpent, emptyTally, sumOf, type Tally, withAnswer } from './probe-tally.ts'

/** The configured URLs, asked over HTTP by this process. */
export function newHttpProbes(probes: readonly HttpProbe[], clock: Clock): HttpProbes {
  return {
    check: async () => (await Promise.all(probes.map((probe) => checkOne(probe, clock)))).flat(),
    open: () => openWatch(probes, clock),
  }
}

async function checkOne({ name, url }: HttpProbe, clock: Clock): Promise<readonly Coded[]> {
  const { good, status, message } = await askUrl(url, clock.now, new AbortController().signal)
  if (good) return []
  return status === null
    ? [{ code: 'HTTP_PROBE_SILENT', facts: { name, message } }]
    : [{ code: 'HTTP_PROBE_FAILING', facts: { name, status } }]
}

async function openWatch(probes: readonly HttpProbe[], clock: Clock): Promise<ProbeWatch> {
  const ending = new AbortController()
  const spent = new AbortController()
  let breach: Coded | null = null
  const tallies = new Map<HttpProbe, Tally>(probes.map((probe) => [probe, emptyTally(probe)]))
  const askOnce = async (probe: HttpProbe): Promise<void> => {
    const answer = await askUrl(probe.url, clock.now, ending.signal)
    if (ending.signal.aborted) return
    const tally = withAnswer(tallies.get(probe) ?? emptyTally(probe), answer, clock.now())
    tallies.set(probe, tally)
    breach ??= budgetSpent(tally, clock.now())
    if (breach) spent.abort()
  }
  const round = async (): Promise<void> => void (await Promise.all(probes.map(askOnce)))
  await round()
  for (const probe of probes) void askAtPace(probe, askOnce, ending.signal)
  return {
    breached: spent.signal,
    breach: () => breach,
    round,
    sum: () => [...tallies.values()].map(sumOf),
    close: () => ending.abort(),
  }
}

/** One request after the other begins at its time, also while an earlier one still waits for its answer. */
async function askAtPace(
  probe: HttpProbe,
  askOnce: (probe: HttpProbe) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await sleep(probe.everyMs, signal)
    if (signal.aborted) return
    void askOnce(probe)
  }
}
