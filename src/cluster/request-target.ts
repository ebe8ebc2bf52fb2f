import type { Facts } from '../kernel/errors.ts'

/** What a request path means to RBAC. `resource` carries its subresource, as rules write it: `pods/proxy`. */
export type RequestTarget = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly namespace?: string
  readonly name?: string
}

/** Reads verb, group, resource, namespace and name out of an API path; a path of no resource is `nonResourceURL`. */
export function targetOf(method: string, path: string): RequestTarget {
  const [bare = '', query = ''] = path.split('?')
  const { group, rest } = withinGroup(bare)
  if (rest.length === 0) return { verb: method.toLowerCase(), group: '', resource: bare }
  const scoped = rest[0] === 'namespaces' && rest.length > 2
  const namespace = scoped ? rest[1] : undefined
  const [resource = '', name, subresource] = scoped ? rest.slice(2) : rest
  return {
    verb: verbOf(method, name, new URLSearchParams(query)),
    group,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    ...placeOf(namespace, name),
  }
}

function placeOf(namespace: string | undefined, name: string | undefined): Pick<RequestTarget, 'namespace' | 'name'> {
  return { ...(namespace ? { namespace } : {}), ...(name ? { name } : {}) }
}

/** `/apis/GROUP/VERSION/…` and `/api/v1/…`; nothing is left of any other path. */
function withinGroup(path: string): { readonly group: string; readonly rest: readonly string[] } {
  const [root, ...parts] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent)
  if (root === 'apis') return { group: parts[0] ?? '', rest: parts.slice(2) }
  return { group: '', rest: root === 'api' ? parts.slice(1) : [] }
}

/** The facts of a CLUSTER_FORBIDDEN: with the least RBAC rule that would allow the request. */
export function forbiddenFacts(target: RequestTarget, message: string): Facts {
  return {
    verb: target.verb,
    resource: target.resource,
    group: target.group,
    ...(target.namespace ? { namespace: target.namespace } : {}),
    rule: ruleFor(target),
    message,
  }
}

function ruleFor(target: RequestTarget): string {
  if (target.resource.startsWith('/')) return `{nonResourceURLs: ["${target.resource}"], verbs: ["${target.verb}"]}`
  return `{apiGroups: ["${target.group}"], resources: ["${target.resource}"], verbs: ["${target.verb}"]}`
}

const VERBS: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }

function verbOf(method: string, name: string | undefined, query: URLSearchParams): string {
  if (method !== 'GET') return VERBS[method] ?? method.toLowerCase()
  if (query.get('watch')) return 'watch'
  return name ? 'get' : 'list'
}
