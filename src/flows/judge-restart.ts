import { ok, refuse, type Refusal, type Result } from '../kernel/errors.ts'
import type { KubeObject } from '../istio/objects.ts'
import { nameOfWorkload, ownWorkloads } from '../notify/team-message.ts'
import { nameOf } from '../restarts/facts-of-workload.ts'
import { keeperOf } from '../restarts/keeper.ts'
import { inVain, type RolledObject } from '../restarts/rollout.ts'
import { mayRestart } from '../restarts/who.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import { whyStopped } from '../upgrade/who-stopped.ts'
import type { Keeper } from '../wire/keeper.ts'
import type { Person } from '../wire/person.ts'
import type { Ask } from '../wire/request.ts'
import { restartCommand, toolOf } from '../wire/restart-command.ts'
import { RESTARTED_KINDS, type Restart, type WorkloadRef } from '../wire/restarts.ts'
import type { Run } from '../wire/run.ts'
import { freshCensus } from './fresh-census.ts'
import type { KnownTeam, Taken, WorkerContext } from './worker-context.ts'

export type RestartAsk = Extract<Ask, { kind: 'restart' | 'restart-look' }>

/** A workload of a team, in a run on its way to the revision `to`. */
type Wanted = Pick<RestartAsk, 'run' | 'to' | 'team' | 'workload'>

export type Judged = {
  readonly run: Run
  readonly taken: Taken
  readonly team: KnownTeam
  readonly object: RolledObject
}

/**
 * May this person restart this workload now, by everything that speaks against it: the settings, who they are, the upgrade as it
 * stands, what is left of the team's own, other restarts, and the workload itself as it is read here. Else why not. `itself` is the
 * restart for which it is asked once more.
 */
export async function judgeRestart(
  ctx: WorkerContext,
  who: Pick<Person, 'user' | 'groups'>,
  ask: Wanted,
  itself?: string,
): Promise<Result<Judged>> {
  const team = ctx.settings.restarts === 'owners' ? ctx.settings.teams[ask.team] : undefined
  if (!team) return refuse('RESTARTS_OFF', { team: ask.team })
  const stranger = mayRestart(ask.team, team, who)
  if (stranger) return { ok: false, refusal: stranger }
  const open = await judgeRun(ctx, ask)
  if (!open.ok) return open
  const busy = whyBusy(await ctx.restarts.read(), ask.workload, itself)
  if (busy) return { ok: false, refusal: busy }
  const read = await readRestarted(ctx, ask.workload)
  return read.ok ? ok({ ...open.value, team, object: read.value }) : read
}

/** Do pods migrate that way in this upgrade, may something begin, and is the workload one of those that are left? */
async function judgeRun(ctx: WorkerContext, ask: Wanted): Promise<Result<Pick<Judged, 'run' | 'taken'>>> {
  const run = await ctx.runs.current()
  const taken = freshCensus(ctx)
  if (!run || run.id !== ask.run || migrationOf(run)?.to !== ask.to) return refuse('NUDGE_OUTDATED', { team: ask.team })
  if (!taken || taken.census.migration.to !== ask.to) return refuse('CENSUS_STALE')
  const closed = whyClosed(run) ?? whyNotLeft(taken, ask)
  return closed ? { ok: false, refusal: closed } : ok({ run, taken })
}

/** While injection is broken a new pod may come without a sidecar, or not at all. */
export function whyClosed(run: Run): Refusal | null {
  const alarm = run.alarms.find(({ endedAt }) => !endedAt)
  if (alarm) return { code: 'ALARM_OPEN', facts: { ...alarm.what.facts, what: alarm.what.code } }
  return whyStopped(run)
}

/** Only what the census counts as the team's own, and what a redeploy alone would move. */
function whyNotLeft(taken: Taken, { team, workload }: Wanted): Refusal | null {
  const name = nameOf(workload)
  const left = ownWorkloads(taken.stragglers, team, undefined).own.find((one) => nameOfWorkload(one) === name)
  if (!left) return { code: 'RESTART_NOT_LEFT', facts: { workload: name, team } }
  return left.cause.code === 'NOT_REDEPLOYED' ? null : inVainBecause(workload, left.cause.code)
}

function inVainBecause(workload: WorkloadRef, because: string): Refusal {
  return { code: 'RESTART_IN_VAIN', facts: { workload: nameOf(workload), because } }
}

/** One restart of a workload at a time, whoever asks. */
function whyBusy(all: readonly Restart[], workload: WorkloadRef, itself: string | undefined): Refusal | null {
  const open = all.find((one) => one.id !== itself && nameOf(one.workload) === nameOf(workload) && isOpen(one))
  return open ? { code: 'RESTART_UNDER_WAY', facts: { workload: nameOf(workload), by: open.by } } : null
}

export function isOpen({ state }: Restart): boolean {
  return state === 'planned' || state === 'asked' || state === 'running'
}

/** The workload as it is now, where this worker may and should restart it itself. */
async function readRestarted(ctx: WorkerContext, workload: WorkloadRef): Promise<Result<RolledObject>> {
  const rolled = whyByItsTool(workload, undefined)
  if (rolled) return { ok: false, refusal: rolled }
  const resource = RESOURCES[workload.kind]
  if (!resource) return { ok: false, refusal: inVainBecause(workload, 'KIND_UNKNOWN') }
  const right = { verb: 'patch', group: 'apps', resource, namespace: workload.namespace }
  if (!(await ctx.cluster.mayI(right))) return refuse('RESTART_RIGHTS_MISSING', { ...right })
  const object = await readWorkload(ctx, workload)
  if (!object) return refuse('RESTART_NOT_LEFT', { workload: nameOf(workload) })
  const kept = whyByItsTool(workload, keeperOf(object))
  if (kept) return { ok: false, refusal: kept }
  const because = inVain(object)
  return because ? { ok: false, refusal: inVainBecause(workload, because) } : ok(object)
}

/** Nothing is written here of what a tool keeps; null where none does. */
function whyByItsTool(workload: WorkloadRef, keeper: Keeper | undefined): Refusal | null {
  const tool = toolOf(workload.kind, keeper)
  if (!tool) return null
  const how = restartCommand(workload, keeper)
  const facts = { workload: nameOf(workload), tool }
  if (how === null) return { code: 'RESTART_INSIDE_ITS_TOOL', facts }
  return { code: 'RESTART_BY_ITS_TOOL', facts: { ...facts, how } }
}

const RESOURCES: Readonly<Record<string, string>> = Object.fromEntries(
  RESTARTED_KINDS.map((kind) => [kind, `${kind.toLowerCase()}s`]),
)

/** Null when it is gone. */
export async function readWorkload(
  { cluster }: Pick<WorkerContext, 'cluster'>,
  { namespace, kind, name }: WorkloadRef,
): Promise<RolledObject | null> {
  return cluster.get({ apiVersion: 'apps/v1', kind, name, namespace })
}

/** The disruption budgets of a namespace; null where they can't be read. Kubernetes 1.21 began to serve them as policy/v1. */
export async function readBudgets(
  { cluster }: Pick<WorkerContext, 'cluster'>,
  namespace: string,
): Promise<readonly KubeObject[] | null> {
  for (const apiVersion of ['policy/v1', 'policy/v1beta1']) {
    try {
      return await cluster.list(apiVersion, 'PodDisruptionBudget', { namespace })
    } catch {
      continue
    }
  }
  return null
}
