import { epochOf } from '../kernel/clock.ts'
import { dayIn, daysBetween, daysUntil } from '../kernel/zone.ts'
import type { Deadline } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'
import { migrationOf } from './migration-of.ts'
import { stepsOfPhase } from './step-order.ts'

/**
 * Until when teams are asked to have redeployed: the day that the upgrade was asked for with, unless it was over when the switch was proven,
 * and nobody had been asked; else so many ms after that proof, as the record's journal has it. Null where nobody is asked by a day: none is set, pods do not migrate, or they do on the
 * way back.
 */
export function deadlineOf(run: Run, afterMs: number | undefined, nowMs: number, zone: string): Deadline | null {
  const provenMs = switchProvenMs(run)
  if (provenMs === null || run.rollback || !migrationOf(run)) return null
  const { by } = run.plan
  if (by && daysUntil(provenMs, by, zone) >= 0) return { day: by, days: daysUntil(nowMs, by, zone) }
  if (afterMs === undefined) return null
  const deadlineMs = provenMs + afterMs
  return { day: dayIn(deadlineMs, zone), days: daysBetween(nowMs, deadlineMs, zone) }
}

/** When the last step of the switch ended, which is its proof; epoch ms. */
function switchProvenMs(run: Run): number | null {
  const proof = stepsOfPhase(run, 'switch').at(-1)
  return proof?.state === 'done' && proof.endedAt ? epochOf(proof.endedAt) : null
}
