/** What the annotation sidecar.istio.io/status says. `revision` from 1.11 on; `default` for an unrevisioned istiod. */
export type StatusAnnotation = {
  readonly revision?: string
  readonly containers: readonly string[]
  readonly initContainers: readonly string[]
}

/** Reads the annotation; null when it is missing or isn't a JSON object. */
export function readStatusAnnotation(text: string | undefined): StatusAnnotation | null {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const fields: { readonly revision?: unknown; readonly containers?: unknown; readonly initContainers?: unknown } =
    value
  const lists = { containers: names(fields.containers), initContainers: names(fields.initContainers) }
  const { revision } = fields
  if (typeof revision !== 'string') return lists
  return { revision: revision === '' ? 'default' : revision, ...lists }
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
}
