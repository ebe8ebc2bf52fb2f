import { command, switchOver } from '../support/acts.ts'
import { answers } from '../support/answers.ts'
import { newWorkerCrew } from '../support/worker-crew.ts'
import type { Row } from './row.ts'
import { percentile } from './row.ts'
import { startSandbox } from './sandbox.ts'

const PODS = Number(process.env['BENCH_PODS'] ?? 20_000)
const ASKED = 200
const TARGET_MS = 100

/**
 * `/istio status` in the weeks after a switch, from the slash command's delivery to the answer at the local Slack. The worker,
 * which counts all pods meanwhile, is a process of its own, as in production.
 */
export async function benchStatus(): Promise<readonly Row[]> {
  const { rig, stop } = await startSandbox({ pods: PODS, startWorker: newWorkerCrew().start })
  try {
    await switchOver(rig)
    await answers(rig, 'status', new RegExp(`of ${PODS}\\*`))
    const samples: number[] = []
    for (let i = 0; i < ASKED; i += 1) samples.push(await askedOnce(rig))
    const note = `${ASKED} times, ${PODS} pods`
    const row = (share: number): Row => ({
      measure: `/istio status → answer, p${share * 100}`,
      unit: 'ms',
      target: TARGET_MS,
      measured: percentile(samples, share),
      note,
    })
    return [row(0.5), row(0.99)]
  } finally {
    await stop()
  }
}

type Rig = Parameters<typeof command>[0]

async function askedOnce(rig: Rig): Promise<number> {
  const began = performance.now()
  const seen = await command(rig, 'U0LEE', 'status')
  await rig.slack.waitFor(() => seen.answers().at(-1))
  return performance.now() - began
}
