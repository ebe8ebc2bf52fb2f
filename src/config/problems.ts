import type { z } from 'zod'
import type { Facts, Refusal } from '../kernel/errors.ts'
import { fileSchema } from './file-schema.ts'
import { nearest } from './nearest.ts'
import { laterKeysUnder, notBuiltIn, type Path } from './not-built.ts'
import { otherNameOf } from './other-names.ts'
import { knownKeysAt } from './schema-walk.ts'
import type { YamlFile } from './yaml-file.ts'

/**
 * Everything that is wrong with the file's content, in the order of the file: CONFIG_NOT_BUILT {path}, CONFIG_UNKNOWN_KEY
 * {path, nearest, and phase where that is what the key names}, CONFIG_REQUIRED {path}, the codes of the checked texts
 * (CONFIG_ZONE, CONFIG_WINDOW … {path, value}) and CONFIG_INVALID {path, message} for the rest; each also with {file, line}.
 */
export function problemsOf(file: string, yaml: YamlFile): readonly Refusal[] {
  const later = notBuiltIn(yaml.value)
  const read = fileSchema.safeParse(yaml.value ?? {})
  const unread = read.success ? [] : read.error.issues.flatMap((issue) => issueProblems(issue, yaml.value))
  const problems = [
    ...later.map((path) => ({ code: 'CONFIG_NOT_BUILT', path, facts: {} })),
    ...unread.filter(({ path }) => !later.some((other) => startsWith(path, other))),
  ]
  return problems
    .map(({ code, path, facts }) => {
      return { code, facts: { file, line: yaml.lineOf(path), path: pathText(path), ...facts } }
    })
    .sort((a, b) => a.facts.line - b.facts.line)
}

type Problem = { readonly code: string; readonly path: Path; readonly facts: Facts }

function issueProblems(issue: z.core.$ZodIssue, value: unknown): readonly Problem[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key]))
  if (issue.code === 'invalid_key') return [{ code: 'CONFIG_NAME', path, facts: { value: String(path.at(-1) ?? '') } }]
  const found = valueAt(value, path)
  if (found === undefined) return [{ code: 'CONFIG_REQUIRED', path, facts: {} }]
  if (issue.message.startsWith('CONFIG_')) return [{ code: issue.message, path, facts: shown(found) }]
  return [{ code: 'CONFIG_INVALID', path, facts: { message: issue.message } }]
}

function unknownKey(path: Path): Problem {
  const other = otherNameOf(path)
  if (other) return { code: 'CONFIG_UNKNOWN_KEY', path, facts: { nearest: other.key, phase: other.phase } }
  const parent = path.slice(0, -1)
  const known = [...knownKeysAt(parent), ...laterKeysUnder(parent)]
  return { code: 'CONFIG_UNKNOWN_KEY', path, facts: { nearest: nearest(String(path.at(-1)), known) } }
}

/** Stands in a path for an item of a list, whichever. */
export const ANY_ITEM = '[]'

/** `clusters.prod-a.windows.allow[0]`, with names that hold a dot in quotes. */
export function pathText(path: Path): string {
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`
    if (key === ANY_ITEM) return key
    return /^[\w-]+$/.test(key) ? `.${key}` : `."${key}"`
  })
  return parts.join('').replace(/^\./, '')
}

/** A private key pasted in the wrong place must not come back in the sentence about it. */
function shown(value: unknown): Facts {
  if (typeof value !== 'string') return {}
  return { value: value.length > 60 ? `${value.slice(0, 8)}…` : value }
}

function startsWith(path: Path, other: Path): boolean {
  return other.every((key, i) => path[i] === key)
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (inner === null || typeof inner !== 'object') return undefined
    return Object.entries(inner).find(([name]) => name === String(key))?.[1]
  }, value)
}
