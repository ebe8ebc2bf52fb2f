import type { UnreadablePart } from '../istio/mesh.ts'
import { CodedError, refusalOf } from '../kernel/errors.ts'

export type PartReader = {
  /** The part, or `empty` with a line in `unreadable` where it could not be read. */
  readonly read: <T>(part: string, empty: T, act: () => Promise<T>) => Promise<T>
  readonly unreadable: readonly UnreadablePart[]
}

/** Collects failures instead of throwing: one forbidden kind must not hide what all the others say. */
export function newPartReader(): PartReader {
  const unreadable: UnreadablePart[] = []
  return {
    unreadable,
    async read(part, empty, act) {
      try {
        return await act()
      } catch (error) {
        unreadable.push({ part, reason: reasonOf(error), ...remedyOf(error) })
        return empty
      }
    },
  }
}

function reasonOf(error: unknown): string {
  const { code, facts } = refusalOf(error)
  return [code, facts['message']].filter((part) => part !== undefined).join(': ')
}

/** CLUSTER_REFUSED is any other answer: of a server that fails where its status is 500 or more. */
const PASSING: readonly string[] = ['CLUSTER_UNREACHABLE', 'CLUSTER_THROTTLED']

/** What helps against it, as far as the answer says. */
function remedyOf(error: unknown): Pick<UnreadablePart, 'rule' | 'login' | 'trouble'> {
  const { code, facts } = refusalOf(error)
  const { rule, server, status } = facts
  if (typeof rule === 'string') return { rule }
  if (code === 'CLUSTER_UNAUTHORIZED') return { login: typeof server === 'string' ? server : code }
  const fails = typeof status === 'number' && status >= 500
  return fails || PASSING.includes(code) ? { trouble: code } : {}
}

/** The API server doesn't know this kind at all: that is an answer (there are none), not a failure to read. */
export function isUnserved(error: unknown): boolean {
  return error instanceof CodedError && (error.code === 'CLUSTER_NOT_FOUND' || error.code === 'CLUSTER_KIND_UNSERVED')
}

/** The first of several readings whose kind is served; null where none is. */
export async function firstServed<T>(readings: readonly (() => Promise<T>)[]): Promise<T | null> {
  for (const reading of readings) {
    try {
      return await reading()
    } catch (error) {
      if (!isUnserved(error)) throw error
    }
  }
  return null
}
