import { nearest } from './command-words.ts'

const NEAR = 3

/** The name that was typed, as it is written; where none is written so exactly, the only one that differs in case alone; else null. */
export function knownName(typed: string, names: readonly string[]): string | null {
  if (names.includes(typed)) return typed
  const alike = names.filter((name) => name.toLowerCase() === typed.toLowerCase())
  return alike.length === 1 ? (alike[0] ?? null) : null
}

/** At most three names that may have been meant: those that begin so, then the one that differs in few letters. */
export function nearNames(typed: string, names: readonly string[]): readonly string[] {
  const lower = typed.toLowerCase()
  const begins = names.filter((name) => lower.length > 1 && name.toLowerCase().startsWith(lower))
  const low = nearest(
    lower,
    names.map((name) => name.toLowerCase()),
  )
  const near = names.filter((name) => name.toLowerCase() === low)
  return [...new Set([...near, ...begins])].slice(0, NEAR)
}
