import { epochOf } from '../kernel/clock.ts'
import type { RunFacts } from '../ports/audit-storage.ts'
import type { AuditEntry } from '../wire/audit-entry.ts'
import type { CensusDay } from '../wire/census.ts'
import type { Evidence, UpgradeNumbers } from '../wire/evidence.ts'
import type { Person } from '../wire/person.ts'
import type { ApprovalCard, Run, StepEntry } from '../wire/run.ts'
import { verifyChain } from './verify-chain.ts'

const DAY_MS = 86_400_000

/** What the evidence is made from; `entries` is the whole chain of the cluster, oldest first. */
type EvidenceParts = RunFacts & { readonly entries: readonly AuditEntry[] }

/** One upgrade as an auditor reads it. Nothing here is a claim of its own: every value is read from record, chain or census. */
export function evidenceOf(parts: EvidenceParts): Evidence {
  const { run, entries, madeAt } = parts
  const { plan } = run
  const lines = entries.filter((entry) => entry.run === run.id)
  return {
    v: 1,
    cluster: run.cluster,
    run: run.id,
    madeAt,
    from: plan.from,
    to: plan.to,
    strategy: plan.strategy,
    planHash: run.planHash,
    state: run.state,
    phase: run.phase,
    requestedBy: nameOf(run.requestedBy),
    requestedAt: run.requestedAt,
    ...(run.endedAt ? { endedAt: run.endedAt } : {}),
    ...(run.rollback ? { rollback: rollbackOf(run.rollback) } : {}),
    numbers: numbersOf(parts, lines),
    ownNamespaces: [...parts.ownNamespaces],
    approvals: run.cards.filter(({ decisions }) => decisions.length > 0).map(approvalOf),
    steps: run.steps.map((step) => stepOf(run, step)),
    alarms: run.alarms.map(({ what, at, endedAt }) => ({ what, at, ...(endedAt ? { endedAt } : {}) })),
    ...(plan.by ? { by: plan.by } : {}),
    exceptions: { warnings: plan.warnings, acknowledged: plan.acknowledged, notChecked: plan.notChecked },
    curve: curveOf(parts).map(({ day, pods }) => ({ day, ...pods })),
    lines,
    audit: verifyChain(entries),
  }
}

function numbersOf(parts: EvidenceParts, lines: readonly AuditEntry[]): UpgradeNumbers {
  const { run, madeAt } = parts
  const last = curveOf(parts).at(-1)
  return {
    podsMoved: last ? last.pods.new : null,
    tenantWorkloadsWritten: unclicked(parts),
    ownerRestarts: lines.filter(isRestart).length,
    clicks: lines.filter(({ who }) => who).length,
    days: Math.floor((epochOf(overAt(run) ?? madeAt) - epochOf(run.requestedAt)) / DAY_MS),
  }
}

/** What carries our write: by our own name, or by that of owners' restarts where no line of the audit says that somebody clicked it. */
function unclicked({ tenantWorkloadsWritten, ownersWrote, entries }: EvidenceParts): number | null {
  if (tenantWorkloadsWritten === null) return null
  const clicked = new Set(entries.filter(isRestart).map(({ what }) => what.facts['workload']))
  return tenantWorkloadsWritten + ownersWrote.filter((workload) => !clicked.has(workload)).length
}

function isRestart({ what }: AuditEntry): boolean {
  return what.code === 'RESTART_WRITTEN'
}

/** The upgrade is over once OLD is retired: the days for which it can still be put back are none of it. */
function overAt({ conditions, endedAt }: Run): string | undefined {
  return conditions.find(({ type, status }) => type === 'Done' && status === 'True')?.since ?? endedAt
}

/** The days on which pods moved to the new revision; those of a way back have the roles swapped, and are put right. */
function curveOf({ run, days }: EvidenceParts): readonly CensusDay[] {
  const { revision } = run.plan.to
  return days
    .filter(({ at }) => at >= run.requestedAt && (!run.endedAt || at <= run.endedAt))
    .flatMap((day) => {
      if (day.migration.to === revision) return [day]
      if (!day.migration.from.includes(revision)) return []
      return [{ ...day, pods: { ...day.pods, old: day.pods.new, new: day.pods.old } }]
    })
}

function approvalOf(card: ApprovalCard): Evidence['approvals'][number] {
  const { phase, need, createdAt, decisions, checks, commands, undoCommands } = card
  return {
    phase,
    need,
    askedAt: createdAt,
    decisions: decisions.map(({ who, ...decision }) => ({ ...decision, who: nameOf(who) })),
    checks,
    commands,
    undoCommands,
  }
}

function stepOf({ plan, phase }: Run, step: StepEntry): Evidence['steps'][number] {
  const { id, state, attempt, acted, startedAt, endedAt, proofs, evidence, error } = step
  return {
    id,
    phase: plan.steps.find((one) => one.id === id)?.phase ?? phase,
    state,
    attempts: attempt,
    undoable: acted,
    ...(startedAt ? { startedAt } : {}),
    ...(endedAt ? { endedAt } : {}),
    proofs,
    evidence,
    ...(error ? { error } : {}),
  }
}

function rollbackOf({ who, at, because }: NonNullable<Run['rollback']>): NonNullable<Evidence['rollback']> {
  return { ...(who ? { who: nameOf(who) } : {}), at, because }
}

function nameOf({ user, name }: Person): { readonly user: string; readonly name: string } {
  return { user, name }
}
