import { CodedError, refusalOf } from '../kernel/errors.ts'

/** Parts of a reading that failed, with the API's answer in English for log and gates. */
type Unreadable = { readonly part: string; readonly reason: string }

export type PartReader = {
  /** The part, or `empty` with a line in `unreadable` where it could not be read. */
  readonly read: <T>(part: string, empty: T, act: () => Promise<T>) => Promise<T>
  readonly unreadable: readonly Unreadable[]
}

/** Collects failures instead of throwing: one forbidden kind must not hide what all the others say. */
export function newPartReader(): PartReader {
  const unreadable: Unreadable[] = []
  return {
    unreadable,
    async read(part, empty, act) {
      try {
        return await act()
      } catch (error) {
        unreadable.push({ part, reason: reasonOf(error) })
        return empty
      }
    },
  }
}

function reasonOf(error: unknown): string {
  const { code, facts } = refusalOf(error)
  return [code, facts['rule'], facts['message']].filter((part) => part !== undefined).join(': ')
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
