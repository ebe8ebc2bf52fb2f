import { decodeTime, ulid } from 'ulid'

/** `run-01jd…`: lower-case, sortable by time, and valid as a Kubernetes object name (design.md §5). */
export function newId(prefix: string, nowMs: number): string {
  return `${prefix}-${ulid(nowMs).toLowerCase()}`
}

/** When an id of `newId` was made, in epoch ms. Throws for what is none. */
export function bornAt(id: string): number {
  return decodeTime(id.slice(id.indexOf('-') + 1).toUpperCase())
}
