import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unavailable } from '../cluster/harness/available.ts'
import type { Row } from './row.ts'
import { percentile } from './row.ts'

/** Wall times in ms: bare `istioctl install`; Meshferry's whole install phase with its proofs; its install step alone. */
export type Pair = { readonly bare: number; readonly phase: number; readonly step: number }

const PAIRS = process.env['BENCH_PAIRS'] ?? '3'
const CLUSTER_RUN = join(import.meta.dirname, '..', 'cluster', 'run.ts')
const PROGRAM = join(import.meta.dirname, 'install-pairs.ts')

/** What Meshferry adds to the wall time of bare `istioctl install`, on a real control plane, in pairs side by side. */
export async function benchInstall(): Promise<readonly Row[]> {
  const reason = await unavailable()
  if (reason !== null) return rowsOf([], reason)
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-bench-'))
  const file = join(folder, 'pairs.json')
  try {
    const args = [CLUSTER_RUN, '--exec', process.execPath, PROGRAM, file, PAIRS]
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) return rowsOf([], 'the run on the real control plane ended early; its words are above')
    return rowsOf(JSON.parse(readFileSync(file, 'utf8')) as readonly Pair[], '')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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
