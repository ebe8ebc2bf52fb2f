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
  const head = groupAndRest(parts)
  if (!head) return null
  const [version = '', ...rest] = head.rest
  const place = placeOf(rest)
  const [plural = '', name = '', subresource = '', ...more] = place.rest
  const kind = kinds.find((k) => k.group === head.group && k.version === version && k.plural === plural)
  if (!kind || (place.inNamespace && !kind.namespaced)) return null
  return { kind, namespace: place.namespace, name, subresource, rest: more.join('/') }
}

/** Whether a path is of a group that is served; of another one the server knows no more than of any stray address. */
export function hasServedGroup(pathname: string, kinds: readonly ResourceKind[]): boolean {
  const head = groupAndRest(pathname.split('/').filter((part) => part !== ''))
  return head === null || kinds.some(({ group }) => group === head.group)
}

/** The core group stands under `/api`, every other one by its name under `/apis`. */
function groupAndRest([root, ...rest]: readonly string[]): { group: string; rest: readonly string[] } | null {
  if (root === 'api') return { group: '', rest }
  return root === 'apis' ? { group: rest[0] ?? '', rest: rest.slice(1) } : null
}

type Place = { readonly inNamespace: boolean; readonly namespace: string; readonly rest: readonly string[] }

/** `namespaces/NS/…` leads to what is in a namespace, unless the namespace itself is meant. */
function placeOf(rest: readonly string[]): Place {
  const inNamespace = rest[0] === 'namespaces' && rest.length >= 3 && !isNamespaceSubresource(rest)
  if (!inNamespace) return { inNamespace, namespace: '', rest }
  return { inNamespace, namespace: rest[1] ?? '', rest: rest.slice(2) }
}

function isNamespaceSubresource(rest: readonly string[]): boolean {
  return rest.length === 3 && (rest[2] === 'status' || rest[2] === 'finalize')
}
