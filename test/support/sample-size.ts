import type { Look } from '../../src/chat/views/look.ts'
import type { Coded } from '../../src/wire/facts.ts'

/** Facts for cards: an ordinary cluster, and the longest data that the wire lets through. */
export type Size = 'usual' | 'worst'

export const AT = '2026-11-24T09:00:00.000Z'
export const ULID = '01jd9q4t7h0123456789abcdef'
export const DEADLINE = { day: '2026-12-06', days: 12 }
const EVIL = '<!channel> & *bold* `code` <https://evil.example|click>'
const PEOPLE: Readonly<Record<string, string>> = { U0LEE: 'Lee', U0MEI: 'Mei', U0SAM: 'Sam', U0LIN: 'Lin' }

export const look = (locale: 'en' | 'zh'): Look => ({
  locale,
  command: '/istio',
  name: (id) => PEOPLE[id] ?? `${id} ${EVIL}`,
})

export function many<T>(size: Size, usual: number, worst: number, make: (index: number) => T): T[] {
  return Array.from({ length: size === 'usual' ? usual : worst }, (_, index) => make(index))
}

/** What fits an ordinary cluster, or as much as the wire lets through. */
export function list<T>(size: Size, usual: readonly T[], worst: number, make: (index: number) => T): T[] {
  return size === 'usual' ? [...usual] : Array.from({ length: worst }, (_, index) => make(index))
}

export function long(size: Size, usual: string, length: number): string {
  return size === 'usual' ? usual : `${EVIL}${'警'.repeat(length)}`.slice(0, length)
}

/** The usual one where the data are ordinary; else a code with the longest facts. */
export function coded(size: Size, usual: Coded): Coded {
  if (size === 'usual') return usual
  const facts = { message: long(size, '', 2000), resource: 'pods', namespace: 'shop' }
  return { code: 'CLUSTER_REFUSED', facts: { ...facts, verb: 'patch', name: 'x' } }
}

export function about(size: Size) {
  const cluster = size === 'usual' ? 'prod-a' : 'c'.repeat(40)
  const from = list(size, [{ revision: 'default', version: '1.30.0' }], 4, (index) => ({
    revision: 'default',
    version: `1.${28 + index}.0`,
  }))
  return { cluster, run: `run-${ULID}`, from, to: { revision: '1-31-0', version: '1.31.0' } }
}
