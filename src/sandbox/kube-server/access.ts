import type { JsonObject } from './kube-object.ts'
import { objectAt, textAt } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { StatusError, forbidden } from './status-error.ts'

/** As in a ClusterRole's rules; `namespaces` narrows a rule as a RoleBinding does. `*` stands for everything. */
export type AccessRule = {
  readonly verbs: readonly string[]
  readonly apiGroups?: readonly string[]
  /** `pods`, `pods/proxy`, `*`. */
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly namespaces?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
}

export type User = {
  readonly token: string
  /** `system:serviceaccount:meshferry:worker`. */
  readonly name: string
  readonly groups?: readonly string[]
  readonly rules: readonly AccessRule[]
}

export type Attempt = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource: string
  readonly namespace: string
  readonly name: string
}

/** Everything, as cluster-admin. */
export const adminRules: readonly AccessRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
]

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized')
}

function allows(user: User, attempt: Attempt): boolean {
  return user.rules.some((rule) => covers(rule, attempt))
}

/** Throws the 403 of the RBAC authorizer. */
export function authorize(user: User, attempt: Attempt, kind: ResourceKind): void {
  if (allows(user, attempt)) return
  const resource = attempt.subresource === '' ? attempt.resource : `${attempt.resource}/${attempt.subresource}`
  const where = attempt.namespace === '' ? 'at the cluster scope' : `in the namespace "${attempt.namespace}"`
  const why = `User "${user.name}" cannot ${attempt.verb} resource "${resource}" in API group "${attempt.group}" ${where}`
  throw forbidden(kind, attempt.name, why)
}

/** SelfSubjectAccessReview: the body with its status filled in. */
export function reviewAccess(user: User, body: unknown): JsonObject {
  const asked = objectAt(body, 'spec', 'resourceAttributes')
  const attempt: Attempt = {
    verb: textAt(asked, 'verb') ?? '',
    group: textAt(asked, 'group') ?? '',
    resource: textAt(asked, 'resource') ?? '',
    subresource: textAt(asked, 'subresource') ?? '',
    namespace: textAt(asked, 'namespace') ?? '',
    name: textAt(asked, 'name') ?? '',
  }
  const allowed = allows(user, attempt)
  return {
    metadata: {},
    ...objectAt(body),
    status: allowed ? { allowed, reason: 'RBAC: allowed by a rule' } : { allowed },
  }
}

/** SelfSubjectRulesReview for one namespace. */
export function reviewRules(user: User, body: unknown): JsonObject {
  const namespace = textAt(body, 'spec', 'namespace') ?? 'default'
  const here = user.rules.filter((rule) => !rule.namespaces || rule.namespaces.includes(namespace))
  const resourceRules = here
    .filter((rule) => rule.resources)
    .map(({ verbs, apiGroups, resources, resourceNames }) => ({ verbs, apiGroups, resources, resourceNames }))
  const nonResourceRules = here.filter((rule) => rule.nonResourceURLs)
  return { ...objectAt(body), status: { resourceRules, nonResourceRules, incomplete: false } }
}

export function reviewSelf(user: User, body: unknown): JsonObject {
  return { ...objectAt(body), status: { userInfo: { username: user.name, groups: user.groups ?? [] } } }
}

function covers(rule: AccessRule, attempt: Attempt): boolean {
  const resource = attempt.subresource === '' ? attempt.resource : `${attempt.resource}/${attempt.subresource}`
  if (!has(rule.verbs, attempt.verb) || !has(rule.apiGroups, attempt.group)) return false
  const named = has(rule.resources, resource) || (rule.resources ?? []).includes(`${attempt.resource}/*`)
  if (!named) return false
  if (rule.resourceNames && !rule.resourceNames.includes(attempt.name)) return false
  return !rule.namespaces || rule.namespaces.includes(attempt.namespace)
}

function has(list: readonly string[] | undefined, value: string): boolean {
  return list !== undefined && (list.includes('*') || list.includes(value))
}
