import type { TeamFacts } from '../../wire/card-facts.ts'
import type { Deadline } from '../../wire/census.ts'
import { put, type Look } from './look.ts'

/** How far away the deadline is, as lines to put among others; none where there is no deadline. */
export function deadlineLines(deadline: Deadline | undefined, look: Look): readonly string[] {
  if (!deadline) return []
  const { day, days } = deadline
  if (days === 0) return [put(look, 'deadlineToday', { day })]
  return [put(look, days > 0 ? 'deadlineAhead' : 'deadlinePast', { n: Math.abs(days), day })]
}

/** What a reminder asks for, by a day where there is one; null where it is not asked of this team. */
export function askOf({ kind, team, deadline, answered, workloads, more, old }: TeamFacts, look: Look): string | null {
  if (answered?.kind === 'not-ours') return null
  const words = { day: deadline?.day, n: workloads.length + more, old }
  if (!deadline) return kind === 'nudge' && team !== null ? put(look, 'teamAsk', words) : null
  return put(look, deadline.days >= 0 ? 'teamAskBy' : 'teamAskedBy', words)
}
