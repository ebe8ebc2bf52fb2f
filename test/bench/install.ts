import { onPlane } from './on-plane.ts'
import type { Row } from './row.ts'
import { percentile } from './row.ts'

/** Wall times in ms: bare `istioctl install`; Meshferry's whole install phase with its proofs; its install step alone. */
export type Pair = { readonly bare: number; readonly phase: number; readonly step: number }

const PAIRS = process.env['BENCH_PAIRS'] ?? '3'

/** What Meshferry adds to the wall time of bare `istioctl install`, on a real control plane, in pairs side by side. */
export async function benchInstall(): Promise<readonly Row[]> {
  const ran = await onPlane<Pair>('install-pairs.ts', [PAIRS])
  return ran.kind === 'measured' ? rowsOf(ran.rounds, '') : rowsOf([], ran.why)
}

function rowsOf(pairs: readonly Pair[], why: string): readonly Row[] {
  const seconds = (ms: number): string => (ms / 1000).toFixed(1)
  const row = (measure: string, ours: (pair: Pair) => number): Row => ({
    measure,
    unit: '%',
    target: 10,
    measured: percentile(
      pairs.map((pair) => (ours(pair) / pair.bare - 1) * 100),
      0.5,
    ),
    note: why || `median; s: ${pairs.map((pair) => `${seconds(pair.bare)} → ${seconds(ours(pair))}`).join(', ')}`,
  })
  return [
    row('added to istioctl install, whole phase with its proofs', ({ phase }) => phase),
    row('added to istioctl install, the step alone', ({ step }) => step),
  ]
}
