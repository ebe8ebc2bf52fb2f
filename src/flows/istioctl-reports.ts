import { analyzeArguments, precheckArguments } from '../istio/istioctl-arguments.ts'
import type { Finding } from '../istio/istioctl-output.ts'
import { parseFindings } from '../istio/istioctl-output.ts'
import type { InstallTarget } from '../istio/operator-file.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { WorkerContext } from './worker-context.ts'

const DEADLINE_MS = 45_000
const NAMED = 4

/**
 * What Istio's own checks say, as warnings on the card: `x precheck` and `analyze`. They are advice, not gates: precheck ends
 * with 1 on any warning, and parts of it need a port-forward that a worker may not have. A check that could not run says so.
 */
export async function istioctlReports(ctx: WorkerContext, from: string, to: InstallTarget): Promise<readonly Coded[]> {
  const precheck = precheckArguments(to.version, from)
  const reports = await Promise.all([
    precheck ? report(ctx, to.version, 'precheck', precheck) : Promise.resolve([]),
    report(ctx, to.version, 'analyze', analyzeArguments(to.revision)),
  ])
  return reports.flat()
}

async function report(
  ctx: WorkerContext,
  version: string,
  command: 'precheck' | 'analyze',
  args: readonly string[],
): Promise<readonly Coded[]> {
  const result = await ctx.istioctl.run({ version, args, deadlineMs: DEADLINE_MS, signal: ctx.lost })
  const findings = result.ended === 'exited' ? parseFindings(command, result) : null
  if (!findings?.ok)
    return [codedOf('ISTIOCTL_CHECK_NOT_RUN', { command, said: result.lines.slice(-2).join(' ').slice(0, 300) })]
  const serious = findings.value.filter((finding) => finding.level !== 'Info')
  if (serious.length === 0) return []
  return [
    codedOf('ISTIOCTL_FINDINGS', { command, findings: serious.length, first: serious.slice(0, NAMED).map(textOf) }),
  ]
}

function textOf({ code, level, message, origin }: Finding): string {
  return `${level} ${code} ${origin}: ${message}`.slice(0, 200)
}
