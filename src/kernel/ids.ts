import { ulid } from 'ulid'

/** `run-01jd…`: lower-case, sortable by time, and valid as a Kubernetes object name (design.md §5). */
export function newId(prefix: string, nowMs: number): string {
  return `${prefix}-${ulid(nowMs).toLowerCase()}`
}
