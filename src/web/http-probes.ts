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
  const askOnce = async (probe: HttpProbe): Promise<Coded | null> => {
    const answer = await askUrl(probe.url, clock.now, ending.signal)
    if (ending.signal.aborted) return leftBad(probe, 'not asked')
    const tally = withAnswer(tallies.get(probe) ?? emptyTally(probe), answer, clock.now())
    tallies.set(probe, tally)
    breach ??= budgetSpent(tally, clock.now())
    if (breach) spent.abort()
    return answer.good ? null : leftBad(probe, answer.message)
  }
  const round = async (): Promise<Coded | null> =>
    (await Promise.all(probes.map(askOnce))).find((bad) => bad !== null) ?? null
  await round()
  for (const probe of probes) void askAtPace(probe, askOnce, ending.signal)
  return {
    breached: spent.signal,
    breach: () => breach,
    settled: () => goodRound(round, ending.signal),
    sum: () => [...tallies.values()].map(sumOf),
    close: () => ending.abort(),
  }
}

const ROUNDS = 4
const BETWEEN_ROUNDS_MS = 1000

async function goodRound(round: () => Promise<Coded | null>, signal: AbortSignal): Promise<Coded | null> {
  for (let left = ROUNDS - 1; ; left -= 1) {
    const bad = await round()
    if (!bad || left === 0 || signal.aborted) return bad
    await sleep(BETWEEN_ROUNDS_MS, signal)
  }
}

function leftBad({ name }: HttpProbe, last: string): Coded {
  return { code: 'HTTP_PROBE_LEFT_BAD', facts: { name, last } }
}

/** One request after the other begins at its time, also while an earlier one still waits for its answer. */
async function askAtPace(
  probe: HttpProbe,
  askOnce: (probe: HttpProbe) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await sleep(probe.everyMs, signal)
    if (signal.aborted) return
    void askOnce(probe)
  }
}
