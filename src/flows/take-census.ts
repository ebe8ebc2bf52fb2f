import { count, type Counted } from '../census/count.ts'
import { redeploysBy } from '../census/redeploy.ts'
import { epochOf, isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import { canonicalJson } from '../kernel/hash.ts'
import { dayIn } from '../kernel/zone.ts'
import type { Census, CensusDay, Migration, Stragglers } from '../wire/census.ts'
import { askIstiods } from './ask-istiods.ts'
import { type DayRow, isRowDue } from './day-row.ts'
import type { Sight } from './census-sight.ts'
import type { Taken, WorkerContext } from './worker-context.ts'

/** What is remembered between two looks of one migration. */
export type CensusMemory = {
  second: Census['second']
  /** The day that is counted now, its row, and what was left the day before; null before the first look. */
  today: (DayRow & { readonly day: string; readonly before: Census['before'] }) | null
}

export function newCensusMemory(): CensusMemory {
  return { second: null, today: null }
}

/** So many teams are kept of a day, the worst: a year of days must fit into one ConfigMap. */
const TEAMS_KEPT = 20

/**
 * One look: counts the pods, asks the istiods where their answer has grown old, publishes what the bot answers from and keeps the
 * day's row. What was counted is returned; null before there is anything to count. Throws what the cluster does.
 */
export async function takeCensus(
  ctx: WorkerContext,
  sight: Sight,
  migration: Migration,
  memory: CensusMemory,
): Promise<Taken | null> {
  const look = await sight.now()
  const mesh = ctx.lastMesh()
  if (!look || !mesh) return null
  const counted = count(
    { ...look.seen, namespaces: mesh.namespaces, redeploys: redeploysBy(mesh, migration) },
    migration,
  )
  memory.second = await secondSource(ctx, migration, memory.second)
  memory.today = await todayOf(ctx, migration, memory.today)
  const census = censusOf(ctx, migration, counted, look.ageMs, memory)
  const { stragglers, everyTeam, workloads } = counted
  const taken = { census, seenMs: ctx.clocks.machine.now() - look.ageMs, stragglers, everyTeam, workloads }
  ctx.keepCensus(taken)
  await publish(ctx, census, counted)
  await keepDay(ctx, census, memory)
  return taken
}

function censusOf(
  ctx: WorkerContext,
  migration: Migration,
  counted: Counted,
  ageMs: number,
  { second, today }: CensusMemory,
): Census {
  return {
    v: 1,
    cluster: ctx.settings.cluster,
    migration,
    countedAt: isoOf(ctx.clocks.calendar.now() - Math.round(ageMs)),
    pods: counted.pods,
    unknown: counted.unknown,
    ...(counted.pinned ? { pinned: counted.pinned } : {}),
    workloads: counted.stragglers.length,
    teams: [...counted.teams],
    before: today?.before ?? null,
    second,
  }
}

async function secondSource(ctx: WorkerContext, migration: Migration, before: Census['second']) {
  const nowMs = ctx.clocks.machine.now()
  if (before && nowMs - epochOf(before.askedAt) < ctx.settings.times.istiodsEvery) return before
  return { askedAt: isoOf(nowMs), connected: [...(await askIstiods(ctx, [...migration.from, migration.to]))] }
}

/** Redis being away is no reason to count less: it is written again at the next look. */
async function publish(ctx: WorkerContext, census: Census, { stragglers, pinned, unknown }: Counted): Promise<void> {
  const { cluster, migration, countedAt } = census
  const list: Stragglers = {
    v: 1,
    cluster,
    migration,
    countedAt,
    unknown,
    ...(pinned ? { pinned } : {}),
    workloads: [...stragglers],
  }
  try {
    await ctx.readModel.putStragglers(list)
  } catch (error) {
    ctx.log.warn('the stragglers could not be published', { code: refusalOf(error).code })
  }
}

/** The same as before while the day is; on a new one, with what was left at the end of the last one that was counted. */
async function todayOf(ctx: WorkerContext, migration: Migration, today: CensusMemory['today']) {
  const day = dayIn(ctx.clocks.calendar.now(), ctx.settings.timezone)
  if (today?.day === day) return today
  const year = Number(day.slice(0, 4))
  const days = [...(await ctx.censusStore.days(String(year - 1))), ...(await ctx.censusStore.days(String(year)))]
  const last = days.findLast((one) => one.day < day && canonicalJson(one.migration) === canonicalJson(migration))
  return {
    day,
    before: last ? { day: last.day, old: last.pods.old, new: last.pods.new } : null,
    savedAtMs: 0,
    savedOld: null,
  }
}

async function keepDay(ctx: WorkerContext, census: Census, memory: CensusMemory): Promise<void> {
  const nowMs = ctx.clocks.calendar.now()
  const { today } = memory
  const { old } = census.pods
  if (!today || !isRowDue(today, old, nowMs, ctx.settings.times.dayEvery)) return
  await ctx.censusStore.saveDay(dayOf(census, today.day, nowMs))
  memory.today = { ...today, savedAtMs: nowMs, savedOld: old }
}

function dayOf({ migration, pods, teams }: Census, day: string, nowMs: number): CensusDay {
  const kept = teams.slice(0, TEAMS_KEPT).map(({ team, old }) => ({ team, old }))
  return { day, at: isoOf(nowMs), migration, pods, teams: kept }
}
