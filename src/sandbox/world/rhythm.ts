import { dayIn, lastMomentAt, nextDayAt } from '../../kernel/zone.ts'
import type { Rhythm, WorkloadPlan } from './plan.ts'
import { drawnFor } from './random.ts'

type Timed = Pick<WorkloadPlan, 'namespace' | 'name' | 'zone' | 'rhythm'>

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const FIRST_MINUTE = 9 * 60 + 30
const LAST_MINUTE = 17 * 60
const JITTER_MINUTES = 30
const PEAK = { from: 11 * 60, to: 20 * 60 }
/** Longer than any rhythm, holidays left aside: eight weeks. */
const HORIZON_DAYS = 56

/**
 * When the workload's team deploys it the next time after `after` (epoch ms of the calendar), or null for never by
 * itself. Always the same answer for the same question.
 */
export function nextAct(workload: Timed, after: number): number | null {
  if (workload.rhythm.kind === 'never') return null
  const key = `${workload.namespace}/${workload.name}`
  const minute = FIRST_MINUTE + Math.floor(drawnFor(key) * (LAST_MINUTE - FIRST_MINUTE))
  let moment = lastMomentAt(after, minute, workload.zone)
  for (let day = 0; day < HORIZON_DAYS; day += 1) {
    const date = dayIn(moment, workload.zone)
    const act = moment + Math.floor(drawnFor(`${key} ${date}`) * JITTER_MINUTES) * MINUTE_MS
    if (act > after && deploysOn(date, workload.rhythm, key)) return act
    moment = nextDayAt(moment, minute, workload.zone)
  }
  return null
}

function deploysOn(date: string, rhythm: Rhythm, key: string): boolean {
  const { weekday, workingDay } = dayNumbers(date)
  if (weekday > 5) return false
  switch (rhythm.kind) {
    case 'daily':
      return true
    case 'everyDays':
      return (workingDay + Math.floor(drawnFor(`${key} offset`) * rhythm.days)) % rhythm.days === 0
    case 'weekly':
      return weekday === rhythm.weekday
    case 'never':
      return false
  }
}

/** Weekday from 1 (Monday), and how many working days there were before it since the first Monday of 1970's first week. */
function dayNumbers(date: string): { readonly weekday: number; readonly workingDay: number } {
  // 1 January 1970 was a Thursday.
  const sinceMonday = Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS) + 3
  const weekday = (sinceMonday % 7) + 1
  return { weekday, workingDay: Math.floor(sinceMonday / 7) * 5 + weekday - 1 }
}

/** When a workload with a daily peak next changes its number of pods after `after`, and to how many; null without one. */
export function nextScale(
  workload: Pick<WorkloadPlan, 'zone' | 'replicas' | 'dailyPeak'>,
  after: number,
): { readonly at: number; readonly replicas: number } | null {
  if (workload.dailyPeak === null) return null
  const up = nextMomentAt(after, PEAK.from, workload.zone)
  const down = nextMomentAt(after, PEAK.to, workload.zone)
  return up < down
    ? { at: up, replicas: workload.replicas + workload.dailyPeak }
    : { at: down, replicas: workload.replicas }
}

function nextMomentAt(after: number, minute: number, zone: string): number {
  return nextDayAt(lastMomentAt(after, minute, zone), minute, zone)
}

/** When the next node is drained after `after`, and which one: they take turns. Null where the plan has no drains. */
export function nextDrain(
  plan: { readonly nodes: readonly string[]; readonly drainEveryDays: number | null },
  after: number,
): { readonly at: number; readonly node: string } | null {
  if (plan.drainEveryDays === null || plan.nodes.length === 0) return null
  const every = plan.drainEveryDays * DAY_MS
  const count = Math.floor(after / every) + 1
  const node = plan.nodes[count % plan.nodes.length]
  return node === undefined ? null : { at: count * every, node }
}

/** The last time before `now` at which a CronJob of this schedule ran (UTC, on the hour). */
export function lastRun(schedule: NonNullable<WorkloadPlan['schedule']>, now: number): number {
  const every = schedule.everyHours * 60 * MINUTE_MS
  const offset = schedule.hour * 60 * MINUTE_MS
  return Math.floor((now - offset) / every) * every + offset
}

/** As a CronJob writes it: `0 3 * * *`, `0 1,7,13,19 * * *`. */
export function cronOf({ hour, everyHours }: NonNullable<WorkloadPlan['schedule']>): string {
  const hours = Array.from({ length: 24 / everyHours }, (_, index) => (hour + index * everyHours) % 24)
  return `0 ${hours.sort((a, b) => a - b).join(',')} * * *`
}
