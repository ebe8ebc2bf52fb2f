import { controlPlaneFor } from '../istio/control-planes.ts'
import type { Mesh } from '../istio/mesh.ts'
import { outOfReach } from '../istio/refusals.ts'
import { revisionNameOf } from '../istio/revision-names.ts'
import { unreadableRefusals } from '../istio/unread.ts'
import { newestFirst } from '../istio/versions.ts'
import { isoOf } from '../kernel/clock.ts'
import { refusalOf, type Refusal } from '../kernel/errors.ts'
import { codedOf } from '../upgrade/event.ts'
import { oldRevision } from '../upgrade/make-plan.ts'
import { mayRequest } from '../upgrade/who-may.ts'
import type { Coded } from '../wire/facts.ts'
import type { Person } from '../wire/person.ts'
import type { Preview } from '../wire/preview.ts'
import type { Ask } from '../wire/request.ts'
import { noBecause, type Answer } from './answer.ts'
import { whyNoRoom } from './make-room.ts'
import { preflight } from './preflight.ts'
import type { WorkerContext } from './worker-context.ts'

type PreviewAsk = Extract<Ask, { kind: 'preview' }>
type Made = { readonly ok: true; readonly preview: Preview } | Extract<Answer, { ok: false }>

/** Tells what `/istio upgrade` could do, to who may ask for it. Changes nothing, and is no decision: it stands in no audit. */
export async function previewUpgrade(ctx: WorkerContext, request: string, who: Person, ask: PreviewAsk): Promise<void> {
  try {
    await tell(ctx, request, await made(ctx, who, ask))
  } catch (error) {
    ctx.log.warn('a preview could not be told', { request, code: refusalOf(error).code })
  }
}

async function made(ctx: WorkerContext, who: Person, ask: PreviewAsk): Promise<Made> {
  try {
    return await look(ctx, who, ask)
  } catch (error) {
    const { code, facts } = refusalOf(error)
    return { ok: false, said: codedOf(code, facts), more: [] }
  }
}

async function look(ctx: WorkerContext, who: Person, { to, acknowledge = [] }: PreviewAsk): Promise<Made> {
  const refused = mayRequest(ctx.policy, who)
  const busy = refused ? noBecause(refused.code, refused.facts) : await whyNoRoom(ctx)
  if (busy && !busy.ok) return busy
  const mesh = await ctx.cluster.readMesh()
  ctx.keepMesh(mesh)
  const [unread, ...more] = unreadableRefusals(mesh).map(({ code, facts }) => codedOf(code, facts))
  if (unread) return { ok: false, said: unread, more }
  const all = [...ctx.istioctl.versions(), ...(await ctx.istioctl.unpinned()), ...(to ? [to] : [])]
  const versions = await Promise.all(
    newestFirst([...new Set(all)]).map(async (version) => ({ version, why: [...(await whyNot(ctx, mesh, version))] })),
  )
  const checks = to === undefined ? {} : { checks: await checked(ctx, to, acknowledge) }
  return { ok: true, preview: { from: runningVersion(mesh), versions, ...checks } }
}

async function checked(
  ctx: WorkerContext,
  version: string,
  acknowledged: readonly string[],
): Promise<NonNullable<Preview['checks']>> {
  const found = await preflight(ctx, { version, acknowledged })
  if (!found.ok) return { version, refusals: [...found.refusals], warnings: [], classes: 0 }
  return { version, refusals: [], warnings: [...found.plan.warnings], classes: found.plan.classes.length }
}

/** Out of reach from what runs, or without the binary that would install it. */
async function whyNot(ctx: WorkerContext, mesh: Mesh, version: string): Promise<readonly Coded[]> {
  const to = { revision: revisionNameOf(version), version }
  const from = oldRevision(mesh, to.revision)
  const reach: readonly Refusal[] =
    typeof from === 'string'
      ? outOfReach(mesh, { revision: from, version: controlPlaneFor(mesh, from)?.version ?? '' }, to)
      : [from]
  const binary = await ctx.istioctl.check(version).then(
    () => [],
    (error: unknown) => [refusalOf(error)],
  )
  return [...reach, ...binary].map(({ code, facts }) => codedOf(code, facts))
}

function runningVersion(mesh: Mesh): string | null {
  const running = oldRevision(mesh, '')
  return typeof running === 'string' ? (controlPlaneFor(mesh, running)?.version ?? null) : null
}

async function tell(ctx: WorkerContext, request: string, answer: Made): Promise<void> {
  if (ctx.lost.aborted) return
  await ctx.queue.addNotice({
    v: 1,
    kind: 'verdict',
    id: `verdict.${request}`,
    cluster: ctx.settings.cluster,
    at: isoOf(ctx.clocks.machine.now()),
    request,
    ok: answer.ok,
    said: answer.ok ? codedOf('PREVIEWED') : answer.said,
    more: answer.ok ? [] : [...answer.more],
    ...(answer.ok ? { preview: answer.preview } : {}),
  })
}
