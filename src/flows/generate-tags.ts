import type { Result } from '../kernel/errors.ts'
import { ok, refuse } from '../kernel/errors.ts'
import { defaultRoute, movesByPatch } from '../istio/default-route.ts'
import { tagGenerateArguments } from '../istio/istioctl-arguments.ts'
import { parseDocuments } from '../istio/manifest-documents.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { GeneratedTag } from '../istio/switch-types.ts'
import { tagsLeadingTo, tagsOf } from '../istio/tags.ts'
import type { WorkerContext } from './worker-context.ts'

const DEADLINE_MS = 30_000
/** istioctl takes about a second and a hundred megabytes each: one after the other, many tags would hold up the switch. */
const AT_ONCE = 4

/**
 * What `istioctl tag generate` prints for every tag that leads to OLD (and for `default` where it is to be adopted, not patched), for each
 * of the revisions. The target's binary makes both, so that they differ in nothing but the revision. Changes nothing.
 */
export async function generateTags(
  ctx: WorkerContext,
  mesh: Mesh,
  version: string,
  from: string,
  revisions: readonly string[],
  signal: AbortSignal,
): Promise<Result<readonly GeneratedTag[]>> {
  const wanted = tagsToGenerate(mesh, from, revisions).flatMap((tag) =>
    revisions.map((revision) => ({ tag, revision })),
  )
  const generated: GeneratedTag[] = []
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    const batch = wanted
      .slice(i, i + AT_ONCE)
      .map(({ tag, revision }) => generateTag(ctx, version, tag, revision, hasAutoEntry(mesh, tag), signal))
    for (const one of await Promise.all(batch)) {
      if (!one.ok) return one
      generated.push(one.value)
    }
  }
  return ok(generated)
}

function tagsToGenerate(mesh: Mesh, from: string, revisions: readonly string[]): readonly string[] {
  const tags = tagsLeadingTo(mesh, from).map(({ tag }) => tag)
  const route = defaultRoute(mesh)
  const way = route.ok ? route.value : { kind: 'none' as const }
  const patched = way.kind === 'untagged' && movesByPatch(mesh, revisions, way.injector)
  const asDefault = way.kind !== 'none' && way.revision === from && !patched
  return [...new Set(asDefault ? ['default', ...tags] : tags)]
}

/** enableNamespacesByDefault: the fifth entry stays where there is one. */
export function hasAutoEntry(mesh: Mesh, tag: string): boolean {
  const route = defaultRoute(mesh)
  const own = tagsOf(mesh).find((entry) => entry.tag === tag)?.injector
  const injector = own ?? (route.ok && tag === 'default' ? injectorOf(route.value) : undefined)
  return injector?.entries.some((entry) => entry.live && entry.name.startsWith('auto.')) ?? false
}

function injectorOf(route: Extract<ReturnType<typeof defaultRoute>, { ok: true }>['value']) {
  if (route.kind === 'none') return undefined
  return route.kind === 'adopting' ? route.untagged : route.injector
}

async function generateTag(
  ctx: WorkerContext,
  version: string,
  tag: string,
  revision: string,
  autoInjectNamespaces: boolean,
  signal: AbortSignal,
): Promise<Result<GeneratedTag>> {
  const args = tagGenerateArguments(version, { tag, revision, autoInjectNamespaces })
  if (!args) return refuse('TAGS_UNSUPPORTED', { version })
  const result = await ctx.istioctl.run({ version, args, deadlineMs: DEADLINE_MS, signal })
  if (result.exitCode !== 0) {
    return refuse('TAG_GENERATE_FAILED', {
      tag,
      revision,
      exitCode: result.exitCode ?? -1,
      said: result.lines.slice(-3).join(' '),
    })
  }
  const documents = parseDocuments(result.stdout)
  return documents.ok ? ok({ tag, revision, documents: documents.value }) : documents
}
