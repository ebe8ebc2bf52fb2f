import { newestFirst, sameBuild } from '../istio/versions.ts'
import { versionArguments } from '../istio/istioctl-arguments.ts'
import { parseVersionOutput } from '../istio/istioctl-output.ts'
import type { Result } from '../kernel/errors.ts'
import { ok, refusalOf, refuse } from '../kernel/errors.ts'
import type { Plan } from '../wire/plan.ts'
import type { WorkerContext } from './worker-context.ts'

const DEADLINE_MS = 20_000

/** The newest version that an istioctl is configured for; undefined when there is none. */
export function newestConfigured(versions: readonly string[]): string | undefined {
  return newestFirst(versions)[0]
}

/** The target's binary is there, is the pinned one, and says that it is the version of its name. */
export async function pinnedSums(ctx: WorkerContext, version: string): Promise<Result<Plan['istioctl']>> {
  try {
    const { sha256 } = await ctx.istioctl.check(version)
    const result = await ctx.istioctl.run({
      version,
      args: versionArguments(),
      deadlineMs: DEADLINE_MS,
      signal: ctx.lost,
    })
    if (result.ended === 'cancelled') return refuse('CANCELLED', { command: 'istioctl version' })
    if (result.exitCode !== 0) {
      const ended = `${result.ended} ${result.exitCode ?? ''} ${result.lines.slice(-2).join(' ')}`
      return refuse('ISTIOCTL_NOT_STARTED', { file: `istioctl-${version}`, message: ended.trim() })
    }
    const said = parseVersionOutput(result.stdout)
    if (!said.ok) return said
    if (!sameBuild(said.value.client, version))
      return refuse('ISTIOCTL_OTHER_VERSION', { version, says: said.value.client })
    return ok({ to: sha256 })
  } catch (error) {
    const { code, facts } = refusalOf(error)
    return refuse(code, facts)
  }
}
