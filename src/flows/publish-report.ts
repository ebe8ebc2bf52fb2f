import { epochOf, isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import type { Evidence } from '../wire/evidence.ts'
import type { UpgradeReport } from '../wire/read-model.ts'
import type { Run } from '../wire/run.ts'
import { keptSince } from './forget-evidence.ts'
import { readEvidence } from './read-evidence.ts'
import { tellEnd } from './tell-end.ts'
import type { WorkerContext } from './worker-context.ts'

const OVER: readonly Run['state'][] = ['done', 'returned', 'ended']

/** How long a report that could not be made waits: it reads the whole chain, and nothing depends on it. */
const AGAIN_MS = 60_000

/**
 * Reports whenever a run comes to an end, or to another one (retired, taken back, its way back over), and when Redis has forgotten
 * the last report. One for as long as this worker leads.
 */
export function newReports(ctx: WorkerContext): { readonly owe: () => void; readonly look: () => Promise<void> } {
  let seen: string | null = null
  let owedFromMs: number | null = null
  const owe = (): void => {
    owedFromMs ??= 0
  }
  const look = async (): Promise<void> => {
    const run = await ctx.runs.current()
    const now = run ? `${run.id}.${run.state}` : ''
    if (seen !== now && (!run || OVER.includes(run.state))) owe()
    seen = now
    if (owedFromMs === null || ctx.clocks.machine.now() < owedFromMs) return
    owedFromMs = ctx.clocks.machine.now() + AGAIN_MS
    await publishReport(ctx)
    owedFromMs = null
  }
  return { owe, look }
}

/**
 * Writes what `/istio report` answers from, says in the channel how it ended, and the evidence as files where this worker was told a folder: of the run that is
 * over, else of the last one that was, unless they would be too old to be kept. A run that never began is none. Throws what record and chain do; files that can't be written are a loud line.
 */
async function publishReport(ctx: WorkerContext): Promise<void> {
  const current = await ctx.runs.current()
  const run = current && OVER.includes(current.state) ? current : await ctx.store.lastEnded()
  if (!run || run.steps.every(({ attempt }) => attempt === 0)) return
  const evidence = await readEvidence(ctx, run, ctx.clocks.calendar.now())
  const files = await writeFiles(ctx, evidence)
  const report = reportOf(evidence, isoOf(ctx.clocks.machine.now()))
  await ctx.readModel.putReport({ ...report, ...(files ? { files } : {}) })
  await tellEnd(ctx, run, report)
}

async function writeFiles(ctx: WorkerContext, evidence: Evidence): Promise<string[] | null> {
  const { evidenceFiles, log } = ctx
  try {
    return evidenceFiles && !isTooOld(ctx, evidence) ? [...(await evidenceFiles.write(evidence))] : null
  } catch (error) {
    const { code, facts } = refusalOf(error)
    log.error('the evidence could not be written', { code, ...facts })
    return null
  }
}

/** Redis may forget a report years after the files of its upgrade were removed. */
function isTooOld({ settings, clocks }: WorkerContext, { endedAt }: Evidence): boolean {
  const beforeMs = keptSince(settings.evidenceKeepMs, clocks.calendar.now())
  return endedAt !== undefined && beforeMs !== null && epochOf(endedAt) < beforeMs
}

function reportOf(evidence: Evidence, at: string): UpgradeReport {
  const { cluster, run, from, to, state, requestedBy, requestedAt, approvals, steps, alarms, numbers, audit } = evidence
  const proofs = steps.findLast((step) => step.proofs.length > 0)?.proofs ?? []
  return {
    v: 1,
    cluster,
    run,
    at,
    from,
    to,
    state,
    requestedBy: requestedBy.user,
    requestedAt,
    approvals: approvals.map(approvalOf),
    numbers,
    proven: proofs.filter(({ verdict }) => verdict === 'right').length,
    alarms: alarms.length,
    audit,
  }
}

function approvalOf({ phase, decisions }: Evidence['approvals'][number]): UpgradeReport['approvals'][number] {
  const usersOf = (verdict: 'approve' | 'start'): string[] =>
    decisions.filter((one) => one.verdict === verdict).map(({ who }) => who.user)
  const [startedBy] = usersOf('start')
  return { phase, by: usersOf('approve'), ...(startedBy ? { startedBy } : {}) }
}
