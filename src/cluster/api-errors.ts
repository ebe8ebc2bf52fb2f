import { CodedError } from '../kernel/errors.ts'
import { forbiddenFacts, targetOf, type RequestTarget } from './request-target.ts'

/** The parts of a metav1.Status that say why. */
export type ApiStatus = { readonly reason: string; readonly message: string }

/** Reason and message of an error body; a body that is no Status (a proxy's page) becomes its first words. */
export function statusOf(body: string): ApiStatus {
  try {
    const value: unknown = JSON.parse(body)
    if (value !== null && typeof value === 'object') {
      const { reason, message } = value as { reason?: unknown; message?: unknown }
      if (typeof message === 'string') return { reason: typeof reason === 'string' ? reason : '', message }
    }
  } catch {
    // Not JSON: said as it is, below.
  }
  return { reason: '', message: body.slice(0, 300) }
}

/**
 * The error that an answer of 400 and above means. A 403 of the authorizer is CLUSTER_FORBIDDEN and names the rule to
 * add; a 403 of an admission plugin (quota, PodSecurity, a policy) is CLUSTER_REFUSED, since no RBAC rule would help.
 */
export function errorOf(method: string, path: string, status: number, body: string, server: string): CodedError {
  const said = statusOf(body)
  const target = targetOf(method, path)
  if (status === 403 && isAuthorizer(said.message)) {
    return new CodedError('CLUSTER_FORBIDDEN', forbiddenFacts(target, said.message))
  }
  const code = CODES[status]
  if (status === 401) return new CodedError('CLUSTER_UNAUTHORIZED', { server, message: said.message })
  if (code) return new CodedError(code, { ...whatOf(target), reason: said.reason, message: said.message })
  return new CodedError('CLUSTER_REFUSED', { ...whatOf(target), status, reason: said.reason, message: said.message })
}

/** True for the authorizer's own wording: `User "x" cannot list resource "pods" …` (Kubernetes' responsewriters). */
function isAuthorizer(message: string): boolean {
  return / cannot \S+ (resource|path) /.test(message)
}

const CODES: Readonly<Record<number, string>> = {
  400: 'CLUSTER_INVALID',
  404: 'CLUSTER_NOT_FOUND',
  409: 'CLUSTER_CONFLICT',
  422: 'CLUSTER_INVALID',
  429: 'CLUSTER_THROTTLED',
}

function whatOf(target: RequestTarget): Readonly<Record<string, string>> {
  return {
    verb: target.verb,
    resource: target.resource,
    ...(target.namespace ? { namespace: target.namespace } : {}),
    ...(target.name ? { name: target.name } : {}),
  }
}
