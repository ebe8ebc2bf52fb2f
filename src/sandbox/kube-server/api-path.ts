import type { ResourceKind } from './resource-kinds.ts'

/** What a request's path names. `kind` is resolved against the kinds that are served now. */
export type Target = {
  readonly kind: ResourceKind
  readonly namespace: string
  readonly name: string
  readonly subresource: string
  /** What follows the subresource, for proxies. */
  readonly rest: string
}

/**
 * `/api/v1/namespaces/NS/pods/NAME/status` and `/apis/GROUP/VERSION/…` as a target; null when no served resource is
 * named. Rule: Kubernetes API concepts, "Resource URIs".
 */
export function parseApiPath(pathname: string, kinds: readonly ResourceKind[]): Target | null {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent)
  const head =
    parts[0] === 'api' ? { group: '', rest: parts.slice(1) } : { group: parts[1] ?? '', rest: parts.slice(2) }
  if (parts[0] !== 'api' && parts[0] !== 'apis') return null
  const [version = '', ...rest] = head.rest
  const inNamespace = rest[0] === 'namespaces' && rest.length >= 3 && !isNamespaceSubresource(rest)
  const namespace = inNamespace ? (rest[1] ?? '') : ''
  const [plural = '', name = '', subresource = '', ...more] = inNamespace ? rest.slice(2) : rest
  const kind = kinds.find((k) => k.group === head.group && k.version === version && k.plural === plural)
  if (!kind || (inNamespace && !kind.namespaced)) return null
  return { kind, namespace, name, subresource, rest: more.join('/') }
}

function isNamespaceSubresource(rest: readonly string[]): boolean {
  return rest.length === 3 && (rest[2] === 'status' || rest[2] === 'finalize')
}
