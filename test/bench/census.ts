import { onPlane } from './on-plane.ts'
import type { Row } from './row.ts'
import { percentile } from './row.ts'

type Taken = { readonly ms: number; readonly peakMb: number }

/** One count of the same pods by Meshferry and by `kubectl get pods -A -o json | jq`: wall time and peak memory. */
export type CensusRound = { readonly ours: Taken; readonly theirs: Taken; readonly pods: number }

const PODS = process.env['BENCH_PODS'] ?? '20000'
const ROUNDS = process.env['BENCH_ROUNDS'] ?? '3'

/** The census of a real API server's pods, side by side with what somebody would do by hand; the target is theirs. */
export async function benchCensus(): Promise<readonly Row[]> {
  const ran = await onPlane<CensusRound>('census-plane.ts', [PODS, ROUNDS])
  const rounds = ran.kind === 'measured' ? ran.rounds : []
  const why = ran.kind === 'measured' ? '' : ran.why
  return [rowOf(rounds, 'ms', ({ ms }) => ms, why), rowOf(rounds, 'MB', ({ peakMb }) => peakMb, why)]
}

function rowOf(rounds: readonly CensusRound[], unit: 'ms' | 'MB', of: (taken: Taken) => number, why: string): Row {
  const median = (side: 'ours' | 'theirs') =>
    percentile(
      rounds.map((round) => of(round[side])),
      0.5,
    )
  const what = unit === 'ms' ? 'from a new process to the count' : 'peak memory'
  return {
    measure: `census of ${rounds[0]?.pods ?? PODS} pods, ${what}`,
    unit,
    target: median('theirs') ?? 0,
    measured: median('ours'),
    note: why || `median of ${rounds.length}; the target is kubectl get pods -A -o json | jq in the same run`,
  }
}
