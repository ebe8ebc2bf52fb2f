import { checkOperatorFile } from '../istio/operator-file.ts'
import { refusalOf } from '../kernel/errors.ts'
import { controlPlaneFor } from '../istio/control-planes.ts'
import type { Mesh } from '../istio/mesh.ts'
import { unsupportedHere } from '../istio/refusals.ts'
import { revisionNameOf } from '../istio/revision-names.ts'
import { unreadableRefusals } from '../istio/unread.ts'
import { warningsHere } from '../istio/warnings.ts'
import { sha256 } from '../kernel/hash.ts'
import type { Click } from '../upgrade/event.ts'
import { codedOf } from '../upgrade/event.ts'
import { makePlan, oldRevision, stayingWarnings } from '../upgrade/make-plan.ts'
import { newRun } from '../upgrade/new-run.ts'
import { whyTooLarge } from '../upgrade/record-room.ts'
import { mayRequest } from '../upgrade/who-may.ts'
import type { Coded } from '../wire/facts.ts'
import type { Plan } from '../wire/plan.ts'
import type { Ask } from '../wire/request.ts'
import type { Answer } from './answer.ts'
import { no, noBecause } from './answer.ts'
import { askApproval } from './ask-approval.ts'
import { baselineRefusals } from './baseline.ts'
import { makeRoom } from './make-room.ts'
import { istioctlReports } from './istioctl-reports.ts'
import { missingRights } from './istioctl-rights.ts'
import { proofNamespacePlanned } from './proof-namespace.ts'
import { newestConfigured, pinnedSums } from './pinned-istioctl.ts'
import { renderTarget } from './render-target.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * `/istio upgrade`: reads everything, decides, and either begins a run with its plan and first card, or says everything that
 * stands in the way, at once. Changes nothing of Istio's.
 */
export async function planUpgrade(
  ctx: WorkerContext,
  click: Click,
  ask: Extract<Ask, { kind: 'upgrade' }>,
): Promise<Answer> {
  const refused = mayRequest(ctx.policy, click.who)
  if (refused) return noBecause(refused.code, refused.facts)
  const busy = await makeRoom(ctx)
  if (busy) return busy
  const version = ask.to ?? newestConfigured(ctx.istioctl.versions())
  if (!version) return noBecause('ISTIOCTL_NONE')
  const acknowledged = ask.acknowledge ?? []
  const preflight = await check(ctx, version, acknowledged)
  if (!preflight.ok) {
    const facts = { version, reasons: preflight.refusals.length, acknowledged }
    return no(codedOf('PLAN_REFUSED', facts), preflight.refusals)
  }
  return begin(ctx, click, preflight.plan)
}

async function begin(ctx: WorkerContext, click: Click, plan: Plan): Promise<Answer> {
  const run = newRun({
    id: ctx.newId('run'),
    plan,
    channel: ctx.settings.channel,
    requestedBy: click.who,
    request: click.request,
    nowMs: ctx.clocks.calendar.now(),
  })
  const tooLarge = whyTooLarge(run)
  if (tooLarge) return no(tooLarge)
  if (!(await ctx.runs.begin(run))) return noBecause('RUN_ACTIVE', { cluster: ctx.settings.cluster })
  await askApproval(ctx)
  return { ok: true }
}

type Preflight =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly refusals: readonly Coded[] }

/** Binaries, file, rendered target, the whole mesh, and a proof of every class as it is. */
async function check(ctx: WorkerContext, version: string, acknowledged: readonly string[]): Promise<Preflight> {
  const sums = await pinnedSums(ctx, version)
  if (!sums.ok) return { ok: false, refusals: [codedOf(sums.refusal.code, sums.refusal.facts)] }
  const mesh = await ctx.cluster.readMesh()
  ctx.keepMesh(mesh)
  const unread = unreadableRefusals(mesh).map(({ code, facts }) => codedOf(code, facts))
  if (unread.length > 0) return { ok: false, refusals: unread }
  const to = { revision: revisionNameOf(version), version }
  const from = oldRevision(mesh, to.revision)
  if (typeof from !== 'string') return { ok: false, refusals: [codedOf(from.code, from.facts)] }
  const old = { revision: from, version: controlPlaneFor(mesh, from)?.version ?? '' }
  const file = await ctx.operatorFileText()
  const found = [
    ...unsupportedHere(mesh, old, to),
    ...checkOperatorFile(file, to, ctx.settings.istioNamespace),
    ...(await renderTarget(ctx, mesh, from, to, acknowledged)),
    ...(await missingRights(ctx)),
    ...(await proofNamespacePlanned(ctx, to)),
  ].map(({ code, facts }) => codedOf(code, facts))
  const refusals = found.filter(({ code }) => !WARNINGS.has(code))
  if (refusals.length > 0) return { ok: false, refusals }
  const warnings = [
    ...found.filter(({ code }) => WARNINGS.has(code)),
    ...warningsHere(mesh, old, to).map(({ code, facts }) => codedOf(code, facts)),
    ...(await istioctlReports(ctx, old.version, to)),
    ...stayingWarnings(mesh, from),
    ...(acknowledged.length > 0 ? [codedOf('ACKNOWLEDGED', { keys: acknowledged })] : []),
  ]
  return planned(ctx, mesh, from, { version, sums: sums.value, file, warnings, acknowledged })
}

/** Said on the card, not refused: by our own install and undo it does no harm. */
const WARNINGS: ReadonlySet<string> = new Set([
  'OPERATOR_FILE_NAMELESS',
  'INJECTION_VALUES_DIFFER',
  'PROOF_NAMESPACE_PLANNED',
])

type Checked = {
  readonly version: string
  readonly sums: Plan['istioctl']
  readonly file: string
  readonly warnings: readonly Coded[]
  readonly acknowledged: readonly string[]
}

async function planned(ctx: WorkerContext, mesh: Mesh, from: string, checked: Checked): Promise<Preflight> {
  const plan = makePlan(
    {
      cluster: ctx.settings.cluster,
      mesh,
      version: checked.version,
      istioctl: checked.sums,
      operatorFile: sha256(checked.file),
      warnings: checked.warnings,
      acknowledged: checked.acknowledged,
      nowMs: ctx.clocks.calendar.now(),
    },
    from,
  )
  if (plan.classes.every(({ before }) => before === null)) return { ok: false, refusals: [codedOf('NOTHING_INJECTED')] }
  try {
    const refusals = await baselineRefusals(ctx, plan)
    return refusals.length > 0 ? { ok: false, refusals } : { ok: true, plan }
  } catch (error) {
    const { code, facts } = refusalOf(error)
    return { ok: false, refusals: [codedOf(code, facts)] }
  }
}
