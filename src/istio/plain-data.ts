/** A plain JSON object; arrays and null are none. */
export type PlainObject = Readonly<Record<string, unknown>>

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value under a path of keys; undefined as soon as one is missing. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isPlainObject(inner) ? inner[key] : undefined), value)
}

/** The text under a path; null when it is missing or no text. */
export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = valueAt(value, ...path)
  return typeof found === 'string' ? found : null
}

/** Text, number or boolean under a path as text; null for everything else. YAML reads a tag like 1.3 as a number. */
export function scalarAt(value: unknown, ...path: readonly string[]): string | null {
  const found = valueAt(value, ...path)
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? `${found}` : null
}

/** The list under a path; empty when it is missing or no list. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found : []
}
