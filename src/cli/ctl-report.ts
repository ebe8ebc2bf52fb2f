import type { Evidence } from '../wire/evidence.ts'
import type { Outcome, Say } from './outcome.ts'
import { auditVerdict } from './audit-verdict.ts'

/** What the evidence comes to, for a terminal; exit code 1 where the audit chain is broken. */
export function ctlReport(evidence: Evidence, say: Say): Outcome {
  const { cluster, run, from, to, state, requestedBy, requestedAt, endedAt, numbers, approvals } = evidence
  const audit = auditVerdict(evidence.audit, say)
  const lines = [
    `${cluster}: Istio ${from.map(({ version, revision }) => `${version} (${revision})`).join(', ')} → ${to.version} (${to.revision}), ${run}`,
    `state ${state}, asked for by ${requestedBy.name} at ${requestedAt}${endedAt ? `, ended at ${endedAt}` : ''}`,
    `pods on the new sidecar: ${shown(numbers.podsMoved)}`,
    `tenant workloads written by Meshferry: ${shown(numbers.tenantWorkloadsWritten)}`,
    `restarts clicked by owners: ${numbers.ownerRestarts ?? 0}`,
    `acts of people: ${numbers.clicks}, days: ${numbers.days}`,
    ...approvals.flatMap(({ phase, decisions }) =>
      decisions.map(({ verdict, who, at }) => `  ${at} ${phase}: ${verdict} by ${who.name} (${who.user})`),
    ),
    ...audit.lines,
  ]
  return { lines, exitCode: audit.exitCode }
}

function shown(value: number | null): string {
  return value === null ? 'unknown' : String(value)
}
