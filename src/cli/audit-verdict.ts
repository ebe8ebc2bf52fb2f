import type { Audit } from '../ports/audit-storage.ts'
import type { Outcome, Say } from './outcome.ts'

/** What the reading of the whole chain came to; the head is for comparing with one that was noted elsewhere. */
export function auditVerdict({ lines, head, broken }: Awaited<ReturnType<Audit['verify']>>, say: Say): Outcome {
  if (broken === null) return { lines: [say('AUDIT_HOLDS', { lines, head })], exitCode: 0 }
  return { lines: [say('AUDIT_BROKEN', { lines, head, broken })], exitCode: 1 }
}
