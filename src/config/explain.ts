import type { Env } from './environment.ts'
import type { Path } from './not-built.ts'
import { pathText, valueAt } from './problems.ts'
import { childNode, rootNode, type SchemaNode } from './schema-walk.ts'
import { VARIABLES } from './variables.ts'
import type { YamlFile } from './yaml-file.ts'

/** One setting: `value` as text (secrets hidden), `from` is `env NAME`, `FILE:LINE`, `default` or `not set`. */
export type Explained = {
  readonly name: string
  readonly meaning: string
  readonly value: string
  readonly from: string
}

/** Every setting there is, set or not; settings of a cluster once for each cluster of the file. */
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

function explainNode(node: SchemaNode, path: Path, file: string, yaml: YamlFile): readonly Explained[] {
  const names = namesUnder(node, valueAt(yaml.value, path))
  if (!names) return [explainLeaf(node, path, file, yaml)]
  return names.flatMap((name) => {
    const child = childNode(node, name)
    return child ? explainNode(child, [...path, name], file, yaml) : []
  })
}

/** Null for a leaf: a value, a list, or a map that has a meaning as a whole (checksums by version). */
function namesUnder(node: SchemaNode, value: unknown): readonly string[] | null {
  if (node.properties) return Object.keys(node.properties)
  if (node.description !== undefined || typeof node.additionalProperties !== 'object') return null
  return value !== null && typeof value === 'object' ? Object.keys(value) : []
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
