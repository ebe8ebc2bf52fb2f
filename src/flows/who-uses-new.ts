import { mayHaveSwitched } from '../upgrade/switch-acted.ts'
import type { Connected } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'
import { askIstiods } from './ask-istiods.ts'
import { podsUnknown, stillUsing } from './still-using.ts'
import { withTemplates } from './with-templates.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Who keeps NEW from being removed on a way back; empty when it may go. Once new pods may have got it, both sources must say that
 * nobody is left (design.md §6.5), and what either can't say is not zero. Before that nobody can be on it, and an istiod that never
 * became ready must not keep it.
 */
export async function whoUsesNew(ctx: WorkerContext, run: Run): Promise<readonly string[]> {
  const { revision } = run.plan.to
  const mesh = await ctx.cluster.readMesh()
  if (!mayHaveSwitched(run)) return stillUsing(mesh, revision)
  const [now, asked] = await Promise.all([withTemplates(ctx, mesh), askIstiods(ctx, [revision])])
  return [...stillUsing(now, revision), ...podsUnknown(now), ...asked.flatMap(proxiesKeeping)]
}

/** No istiod at all can't say who would connect to the next one. */
export function proxiesKeeping({ proxies, istiods }: Connected): readonly string[] {
  if (proxies === null || istiods.length === 0) return ['proxies: unknown']
  return proxies > 0 ? [`${proxies} ${proxies === 1 ? 'proxy' : 'proxies'}`] : []
}
