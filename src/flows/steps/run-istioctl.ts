import type { IstioctlResult } from '../../ports/cluster.ts'
import type { StepWork } from './step.ts'

/**
 * One call of NEW's istioctl that changes the cluster: of the binary that was approved, journalled with its child before that may
 * do anything. The child dies with us, or its deadline (ms) ends it.
 */
export async function runIstioctl(
  work: StepWork,
  args: readonly string[],
  deadlineMs: number,
): Promise<IstioctlResult> {
  const { ctx, run, signal } = work
  const until = ctx.clocks.machine.now() + deadlineMs
  return ctx.istioctl.run({
    version: run.plan.to.version,
    args,
    sha256: run.plan.istioctl.to,
    deadlineMs,
    signal,
    onSpawn: (child) => work.childStarted(child, until),
    onLine: (line) => ctx.log.info('istioctl', { line: line.slice(0, 300) }),
  })
}

/** Its last words, for an error. */
export function lastWords(result: IstioctlResult): string {
  return result.lines.slice(-4).join(' · ').slice(0, 600)
}
