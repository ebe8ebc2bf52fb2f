import { z } from 'zod'
import { settingsJsonSchema } from './file-schema.ts'
import type { Path } from './not-built.ts'

/** The parts of JSON Schema that zod writes for the file. */
export type SchemaNode = {
  readonly description?: string | undefined
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined
  readonly additionalProperties?: SchemaNode | boolean | undefined
  readonly items?: SchemaNode | undefined
}

const schemaNode: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    description: z.string().optional(),
    default: z.unknown().optional(),
    properties: z.record(z.string(), schemaNode).optional(),
    additionalProperties: z.union([z.boolean(), schemaNode]).optional(),
    items: schemaNode.optional(),
  }),
)

export function rootNode(): SchemaNode {
  return schemaNode.parse(settingsJsonSchema())
}

function nodeAt(path: Path): SchemaNode | null {
  return path.reduce<SchemaNode | null>((node, key) => (node ? childNode(node, String(key)) : null), rootNode())
}

export function knownKeysAt(path: Path): readonly string[] {
  return Object.keys(nodeAt(path)?.properties ?? {})
}

function childNode(node: SchemaNode, key: string): SchemaNode | null {
  return node.properties?.[key] ?? memberNode(node)
}

/** What every item of a list, or every entry of a map of names, is; null for anything else. */
export function memberNode({ items, additionalProperties }: SchemaNode): SchemaNode | null {
  return items ?? (typeof additionalProperties === 'object' ? additionalProperties : null)
}
