/** The five fields of a schedule as the values they let through. */
export type Schedule = {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
  /** Days of the month and of the week are both given: then either will do. */
  readonly eitherDay: boolean
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Understands `*`, numbers, lists, ranges and steps of each. Throws for anything else; names of months and days too. */
export function parseCron(text: string): Schedule {
  const fields = text.trim().split(/\s+/)
  const [minute, hour, day, month, weekday] = fields
  if (!minute || !hour || !day || !month || !weekday || fields.length > 5) {
    throw new Error(`a schedule has five fields: "${text}"`)
  }
  return {
    minutes: valuesOf(minute, 0, 59),
    hours: valuesOf(hour, 0, 23),
    days: valuesOf(day, 1, 31),
    months: valuesOf(month, 1, 12),
    weekdays: new Set([...valuesOf(weekday, 0, 7)].map((value) => value % 7)),
    eitherDay: !day.startsWith('*') && !weekday.startsWith('*'),
  }
}

/** The last time (epoch ms, UTC) at which the schedule was due after `after` and not later than `until`; null for none. */
export function latestDue(schedule: Schedule, after: number, until: number): number | null {
  let at = until - (until % MINUTE)
  while (at > after) {
    const time = new Date(at)
    if (!isOnDay(schedule, time)) at = at - (at % DAY) - MINUTE
    else if (!schedule.hours.has(time.getUTCHours())) at = at - (at % HOUR) - MINUTE
    else if (!schedule.minutes.has(time.getUTCMinutes())) at -= MINUTE
    else return at
  }
  return null
}

function isOnDay({ days, months, weekdays, eitherDay }: Schedule, time: Date): boolean {
  if (!months.has(time.getUTCMonth() + 1)) return false
  const ofMonth = days.has(time.getUTCDate())
  const ofWeek = weekdays.has(time.getUTCDay())
  return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek
}

function valuesOf(field: string, least: number, most: number): Set<number> {
  const values = new Set<number>()
  for (const part of field.split(',')) {
    const { from, to, by } = rangeOf(part, least, most)
    if (from < least || to > most || by < 1) throw new Error(`out of range in a schedule: "${part}"`)
    for (let value = from; value <= to; value += by) values.add(value)
  }
  return values
}

function rangeOf(part: string, least: number, most: number): { from: number; to: number; by: number } {
  const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part)
  if (!match) throw new Error(`no part of a schedule: "${part}"`)
  const [, first, last, step] = match
  const by = Number(step ?? 1)
  if (first === undefined) return { from: least, to: most, by }
  if (last !== undefined) return { from: Number(first), to: Number(last), by }
  return { from: Number(first), to: step === undefined ? Number(first) : most, by }
}
