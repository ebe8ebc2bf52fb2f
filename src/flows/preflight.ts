import { controlPlaneFor } from '../istio/control-planes.ts'
import type { Mesh } from '../istio/mesh.ts'
import { checkOperatorFile } from '../istio/operator-file.ts'
import { unsupportedHere } from '../istio/refusals.ts'
import { revisionNameOf } from '../istio/revision-names.ts'
import { unreadableRefusals } from '../istio/unread.ts'
import { warningsHere } from '../istio/warnings.ts'
import { refusalOf } from '../kernel/errors.ts'
import { sha256 } from '../kernel/hash.ts'
import { codedOf } from '../upgrade/event.ts'
import { makePlan, oldRevision, stayingWarnings } from '../upgrade/make-plan.ts'
import type { Coded } from '../wire/facts.ts'
import type { Plan } from '../wire/plan.ts'
import { baselineRefusals } from './baseline.ts'
import { istioctlReports } from './istioctl-reports.ts'
import { missingRights } from './istioctl-rights.ts'
import { pinnedSums } from './pinned-istioctl.ts'
import { proofNamespacePlanned } from './proof-namespace.ts'
import { renderTarget } from './render-target.ts'
import type { Refusal } from '../kernel/errors.ts'
import { dayIn, daysUntil } from '../kernel/zone.ts'
import type { WorkerContext } from './worker-context.ts'

type Wanted = {
  readonly version: string
  /** The day that teams are asked by, `2026-12-04`. */
  readonly by?: string | undefined
  readonly acknowledged: readonly string[]
}

type Preflight =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly refusals: readonly Coded[] }

/**
 * Everything that is checked before an upgrade: binaries, file, rendered target, the whole mesh, and a proof of every class as it
 * is. Changes nothing; all that speaks against it, or the plan.
 */
export async function preflight(ctx: WorkerContext, { version, by, acknowledged }: Wanted): Promise<Preflight> {
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
    ...whyNotBy(ctx, by),
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
  return planned(ctx, mesh, from, { version, by, sums: sums.value, file, warnings, acknowledged })
}

/** Said on the card, not refused: by our own install and undo it does no harm. */
const WARNINGS: ReadonlySet<string> = new Set([
  'OPERATOR_FILE_NAMELESS',
  'INJECTION_VALUES_DIFFER',
  'PROOF_NAMESPACE_PLANNED',
])

/** Further ahead a day is a slip of the pen, which could not be mended in this upgrade any more. */
const MOST_DAYS = 366

/** Nobody can be asked by a day that is over where the cluster is. */
function whyNotBy({ settings, clocks }: WorkerContext, day: string | undefined): readonly Refusal[] {
  if (day === undefined) return []
  const nowMs = clocks.calendar.now()
  const { timezone: zone } = settings
  const days = daysUntil(nowMs, day, zone)
  if (days < 0) return [{ code: 'DEADLINE_PAST', facts: { day, today: dayIn(nowMs, zone), zone } }]
  return days > MOST_DAYS ? [{ code: 'DEADLINE_FAR', facts: { day, days } }] : []
}

type Checked = Wanted & {
  readonly sums: Plan['istioctl']
  readonly file: string
  readonly warnings: readonly Coded[]
}

async function planned(ctx: WorkerContext, mesh: Mesh, from: string, checked: Checked): Promise<Preflight> {
  const plan = makePlan(
    {
      cluster: ctx.settings.cluster,
      mesh,
      version: checked.version,
      by: checked.by,
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
