import type { Env } from './environment.ts'
import type { Path } from './not-built.ts'
import { ANY_ITEM, pathText, valueAt } from './problems.ts'
import { memberNode, rootNode, type SchemaNode } from './schema-walk.ts'
import { VARIABLES } from './variables.ts'
import type { YamlFile } from './yaml-file.ts'

/** One setting: `value` as text (secrets hidden), `from` is `env NAME`, `FILE:LINE`, `default` or `not set`. */
export type Explained = {
  readonly name: string
  readonly meaning: string
  readonly value: string
  readonly from: string
}

/**
 * Every setting there is, set or not; those of a cluster, a team, a probe or a freeze once for each of the file, or once as
 * `clusters.NAME…`, `probes[].url`, where the file has none.
 */
export function explainSettings(env: Env, file: string, yaml: YamlFile | null): readonly Explained[] {
  const read = yaml ?? { value: null, lineOf: () => 0, has: () => false, problems: [] }
  return [...VARIABLES.map((variable) => explainVariable(env, variable)), ...explainNode(rootNode(), [], file, read)]
}

function explainVariable(env: Env, { name, meaning, secret }: (typeof VARIABLES)[number]): Explained {
  const [set] = [name, `${name}_FILE`].filter((key) => (env[key] ?? '') !== '')
  const fallback: Readonly<Record<string, string>> = { MESHFERRY_CONFIG: 'meshferry.yaml', LOG_LEVEL: 'info' }
  if (!set) return { name, meaning, value: fallback[name] ?? '', from: name in fallback ? 'default' : 'not set' }
  return { name, meaning, value: secret ? '(hidden)' : (env[set] ?? ''), from: `env ${set}` }
}

/** What holds others has a line of its own where it has a meaning as a whole, and then one for each of them. */
function explainNode(node: SchemaNode, path: Path, file: string, yaml: YamlFile): readonly Explained[] {
  const inside = nodesInside(node, valueAt(yaml.value, path))
  const whole = inside && node.description === undefined ? [] : [explainLeaf(node, path, file, yaml)]
  return [...whole, ...(inside ?? []).flatMap(([key, child]) => explainNode(child, [...path, key], file, yaml))]
}

/** Null for a value, and for a list or map of values (checksums by version). */
function nodesInside(node: SchemaNode, value: unknown): readonly (readonly [string | number, SchemaNode])[] | null {
  if (node.properties) return Object.entries(node.properties)
  const member = memberNode(node)
  return member?.properties ? memberKeys(node, value).map((key) => [key, member]) : null
}

/** Those of the file; where it has none, one that stands for any. */
function memberKeys(node: SchemaNode, value: unknown): Path {
  const keys = value !== null && typeof value === 'object' ? Object.keys(value) : []
  if (node.items) return keys.length > 0 ? keys.map(Number) : [ANY_ITEM]
  return keys.length > 0 ? keys : ['NAME']
}

function explainLeaf(node: SchemaNode, path: Path, file: string, yaml: YamlFile): Explained {
  const name = pathText(path)
  const meaning = node.description ?? ''
  if (yaml.has(path)) {
    return { name, meaning, value: textOf(valueAt(yaml.value, path)), from: `${file}:${yaml.lineOf(path)}` }
  }
  if (inheritsFromTop(path)) {
    const top = path.slice(2)
    if (yaml.has(top)) return { ...explainLeaf(node, top, file, yaml), name, meaning }
  }
  return { name, meaning, value: textOf(node.default), from: node.default === undefined ? 'not set' : 'default' }
}

/** `clusters.NAME.timezone` and `clusters.NAME.approvals…` are taken from the top where the cluster has none. */
function inheritsFromTop(path: Path): boolean {
  return path[0] === 'clusters' && (path[2] === 'timezone' || path[2] === 'approvals')
}

function textOf(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
