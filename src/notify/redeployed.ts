import { epochOf } from '../kernel/clock.ts'
import { sha256 } from '../kernel/hash.ts'
import type { Straggler } from '../wire/census.ts'
import type { TeamState } from '../wire/team-states.ts'

/** So many of a team are kept: of more it is only seen when they were rolled out. */
const KEPT = 100

/** They leave the list by their own end, and come back with the next run where something pins their sidecar. */
const ENDING: readonly string[] = ['Job', 'CronJob']

/** What is to be kept of a team's list, to see later which workload left it. */
export function listedOf(own: readonly Straggler[]): string[] {
  const leaving = own.filter(({ kind, cause }) => !ENDING.includes(kind) && cause.code !== 'REDEPLOY_UNKNOWN')
  return leaving.map(markOf).toSorted().slice(0, KEPT)
}

type Left = {
  readonly own: readonly Straggler[]
  /** Those to which a workload may go without a redeploy: it still has old pods, and is only somebody else's. */
  readonly all: readonly Straggler[]
  readonly nowMs: number
}

/**
 * When a team redeployed something that was not known of before, in epoch ms: a workload left the list, or was rolled out since it was
 * spoken to. Null for neither. Fewer old pods alone are no redeploy: nodes are replaced and autoscalers take pods away.
 */
export function redeployedMs(before: TeamState, { own, all, nowMs }: Left): number | null {
  if (hasLeft(before.listed, own, all)) return nowMs
  const newest = own.reduce((max, { redeployedAt }) => Math.max(max, redeployedAt ? epochOf(redeployedAt) : 0), 0)
  // A clock that goes ahead of ours must not make it quiet for longer.
  const at = Math.min(newest, nowMs)
  return at > Math.max(before.lastMs, before.movedAtMs ?? 0) ? at : null
}

/** Everybody's are only looked through where one is not among its own any more. */
function hasLeft(listed: readonly string[] = [], own: readonly Straggler[], all: readonly Straggler[]): boolean {
  const mine = new Set(own.map(markOf))
  const missing = listed.filter((mark) => !mine.has(mark))
  if (missing.length === 0) return false
  const left = new Set(all.map(markOf))
  return missing.some((mark) => !left.has(mark))
}

function markOf({ namespace, kind, name }: Straggler): string {
  return sha256(`${namespace}/${kind}/${name}`).slice(0, 8)
}
