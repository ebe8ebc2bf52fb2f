import { compareOfRun } from '../census/compare-of-run.ts'
import type { TeamWorkload } from '../census/count.ts'
import { workloadKey } from '../census/owners.ts'
import { isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import { codedOf } from '../upgrade/event.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { Coded } from '../wire/facts.ts'
import type { Person } from '../wire/person.ts'
import type { Ask } from '../wire/request.ts'
import type { Run } from '../wire/run.ts'
import { auditRefused, sendVerdict } from './apply-effects.ts'
import { freshCensus } from './fresh-census.ts'
import { saidWithEnd } from './what-became.ts'
import type { WorkerContext } from './worker-context.ts'

type CompareAsk = Extract<Ask, { kind: 'compare' }>

/** Where `more` are the lines that a verdict rests on. */
type Compared = { readonly ok: boolean; readonly said: Coded; readonly more: readonly Coded[] }

/** More workloads than this are not offered for choice. */
const OFFERED = 25

/**
 * Is it the sidecar? Answers beside the queue of requests, since it only looks: no decision waits for a cluster that is slow. What
 * goes wrong is an answer too ("can't tell"); a worker that lost the Lease meanwhile leaves the question to be asked again.
 */
export function answerCompare(ctx: WorkerContext, request: string, who: Person, ask: CompareAsk): Promise<void> {
  return ctx.compareTurns(async () => {
    const { ok, said, more } = await comparedOr(ctx, ask)
    if (ctx.lost.aborted) return
    try {
      await sendVerdict(ctx, request, ok, said, more)
      if (!ok) await auditRefused(ctx, `refused.${request}`, said, who)
    } catch (error) {
      ctx.log.error('a comparison could not be told', { request, code: refusalOf(error).code })
    }
  })
}

async function comparedOr(ctx: WorkerContext, ask: CompareAsk): Promise<Compared> {
  try {
    const compared = await compare(ctx, ask)
    const over = compared.ok ? null : await saidWithEnd(ctx, ask, compared.said)
    return over ? { ...compared, said: over } : compared
  } catch (error) {
    const { code, facts } = refusalOf(error)
    ctx.log.warn('a workload could not be compared', { code, ...facts })
    const run = await ctx.runs.current().catch(() => null)
    return found(ctx, run, ask, codedOf('SIDECAR_UNREAD', { ...facts, because: code }), [])
  }
}

async function compare(ctx: WorkerContext, ask: CompareAsk): Promise<Compared> {
  const { cluster } = ctx.settings
  const run = await ctx.runs.current()
  if (!run || run.id !== ask.run || !migrationOf(run)) return no('SIDECAR_NO_MIGRATION', { cluster })
  const taken = freshCensus(ctx)
  if (!taken) return found(ctx, run, ask, codedOf('SIDECAR_UNCOUNTED'), [])
  const own = taken.workloads.filter(({ team }) => team === ask.team)
  if (own.length === 0) return no('SIDECAR_NO_WORKLOAD', { cluster, team: ask.team })
  if (!ask.workload && own.length > 1) return choiceOf(ctx, run, ask.team, own)
  const workload = ownOne(own, ask)
  return workload ? compareOne(ctx, run, { ...ask, workload }) : notTheirs(cluster, ask)
}

/** The one that was chosen, if it is the team's by what was counted last; with none chosen, the only one. */
function ownOne(own: readonly TeamWorkload[], { workload }: CompareAsk): TeamWorkload | undefined {
  return workload ? own.find((one) => workloadKey(one) === workloadKey(workload)) : own[0]
}

function notTheirs(cluster: string, { team, workload }: CompareAsk): Compared {
  return no('SIDECAR_NOT_YOURS', { cluster, team, workload: workload ? workloadKey(workload) : '' })
}

async function compareOne(ctx: WorkerContext, run: Run, ask: CompareAsk & { workload: TeamWorkload }) {
  const now = await ctx.cluster.readWorkload(ask.workload)
  const { verdict, seen } = compareOfRun(now, run, ctx.clocks.calendar.now())
  return found(ctx, run, ask, verdict, seen)
}

/** With who is to be asked about it: whoever asked for the upgrade, and the cluster's channel. */
function found(
  ctx: WorkerContext,
  run: Run | null,
  { team, workload }: CompareAsk,
  verdict: Coded,
  more: readonly Coded[],
): Compared {
  const said = codedOf(verdict.code, {
    ...verdict.facts,
    team,
    workload: workload && workloadKey(workload),
    by: run?.requestedBy.user,
    channel: run?.channel ?? ctx.settings.channel,
    at: isoOf(ctx.clocks.calendar.now()),
  })
  return { ok: true, said, more }
}

function choiceOf(ctx: WorkerContext, run: Run, team: string, own: readonly TeamWorkload[]): Compared {
  const workloads = own.slice(0, OFFERED).map(workloadKey)
  const more = own.length - workloads.length
  const facts = { cluster: ctx.settings.cluster, run: run.id, team, workloads, more }
  return { ok: true, said: { code: 'SIDECAR_WHICH', facts }, more: [] }
}

function no(code: string, facts: Readonly<Record<string, string>>): Compared {
  return { ok: false, said: codedOf(code, facts), more: [] }
}
