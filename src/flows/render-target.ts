import type { Refusal } from '../kernel/errors.ts'
import { manifestGenerateArguments } from '../istio/istioctl-arguments.ts'
import { parseDocuments } from '../istio/manifest-documents.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { InstallTarget } from '../istio/operator-file.ts'
import { checkRenderedTarget, injectionValueDifferences } from '../istio/rendered-target.ts'
import type { WorkerContext } from './worker-context.ts'

const DEADLINE_MS = 60_000
const NAMED = 8

/**
 * What the operator file would install, rendered by the pinned binary and held against the target and OLD. What the injection
 * templates are filled with is only told (INJECTION_VALUES_DIFFER): defaults come and go with versions.
 */
export async function renderTarget(
  ctx: WorkerContext,
  mesh: Mesh,
  from: string,
  to: InstallTarget,
  acknowledged: readonly string[],
): Promise<readonly Refusal[]> {
  const args = manifestGenerateArguments(ctx.settings.operatorFile, to.revision)
  const result = await ctx.istioctl.run({ version: to.version, args, deadlineMs: DEADLINE_MS, signal: ctx.lost })
  if (result.exitCode !== 0) {
    return [
      { code: 'RENDER_FAILED', facts: { exitCode: result.exitCode ?? -1, said: result.lines.slice(-4).join(' ') } },
    ]
  }
  const documents = parseDocuments(result.stdout)
  if (!documents.ok) return [documents.refusal]
  const keys = injectionValueDifferences(mesh, from, to, documents.value).map(({ key }) => key)
  const facts = { keys: keys.slice(0, NAMED), count: keys.length }
  return [
    ...checkRenderedTarget(mesh, from, to, documents.value, { acknowledged }),
    ...(keys.length > 0 ? [{ code: 'INJECTION_VALUES_DIFFER', facts }] : []),
  ]
}
