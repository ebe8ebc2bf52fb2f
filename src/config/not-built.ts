/** Keys of later versions, as paths where `*` is any name. A key that would be ignored is refused instead, by its name. */
const NOT_BUILT: readonly string[] = [
  'clusters.*.gateways',
  'clusters.*.canary',
  'clusters.*.prometheus',
  'clusters.*.hands.gateways',
  'clusters.*.hands.canary',
  'clusters.*.alarm.webhook',
]

/** Keys that may stand as long as they say what this version does anyway. */
const ONLY_AS: readonly (readonly [string, unknown])[] = [
  ['clusters.*.hands.install', 'meshferry'],
  ['clusters.*.hands.switch', 'meshferry'],
  ['clusters.*.hands.retire', 'meshferry'],
  ['clusters.*.longHop', false],
]

export type Path = readonly (string | number)[]

/** Every place in the file that asks for a feature which isn't built yet. */
export function notBuiltIn(file: unknown): readonly Path[] {
  const whole = NOT_BUILT.flatMap((pattern) => matches(file, pattern.split('.')).map(({ path }) => path))
  const values = ONLY_AS.flatMap(([pattern, only]) =>
    matches(file, pattern.split('.'))
      .filter(({ value }) => value !== only)
      .map(({ path }) => path),
  )
  return [...whole, ...values]
}

/** Names that later versions know under this path: they count when the nearest known key is looked for. */
export function laterKeysUnder(path: Path): readonly string[] {
  return NOT_BUILT.map((pattern) => pattern.split('.'))
    .filter((parts) => parts.length === path.length + 1)
    .filter((parts) => path.every((key, i) => parts[i] === '*' || parts[i] === key))
    .map((parts) => parts.at(-1) ?? '')
}

type Match = { readonly path: Path; readonly value: unknown }

function matches(value: unknown, pattern: readonly string[], path: Path = []): readonly Match[] {
  const [first, ...rest] = pattern
  if (first === undefined) return [{ path, value }]
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return []
  return Object.entries(value)
    .filter(([key]) => first === '*' || key === first)
    .flatMap(([key, inner]) => matches(inner, rest, [...path, key]))
}
