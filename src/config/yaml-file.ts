import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Refusal } from '../kernel/errors.ts'
import type { Path } from './not-built.ts'

export type YamlFile = {
  readonly value: unknown
  /** Line (from 1) where this key stands, or the nearest one above it that the file has. */
  readonly lineOf: (path: Path) => number
  readonly has: (path: Path) => boolean
  /** CONFIG_YAML {file, line, column, message}: it isn't YAML, says a key twice, or uses an alias without its anchor. */
  readonly problems: readonly Refusal[]
}

export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const problems = document.errors.map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0])
    return { code: 'CONFIG_YAML', facts: { file, line, column: col, message: message.split('\n')[0] ?? '' } }
  })
  return {
    value: problems.length === 0 ? document.toJS() : null,
    has: (path) => document.hasIn(path),
    problems,
    lineOf: (path) => lines.linePos(offsetOf(document.contents, path)).line || 1,
  }
}

/** Where the key stands, or the last part of its path that the file has. */
function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const key of path) {
    const child = childOf(node, key)
    if (!child) return offset
    offset = child.offset ?? offset
    node = child.node
  }
  return offset
}

type Child = { readonly node: unknown; readonly offset: number | undefined }

function childOf(node: unknown, key: string | number): Child | null {
  if (isSeq(node)) {
    const item = node.items[Number(key)]
    return { node: item, offset: isNode(item) ? item.range?.[0] : undefined }
  }
  if (!isMap(node)) return null
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
  return pair && isScalar(pair.key) ? { node: pair.value, offset: pair.key.range?.[0] } : null
}
