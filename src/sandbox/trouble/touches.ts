import type { LoggedRequest } from '../kube-server/serve-http.ts'
import { isDryRun } from '../world/our-acts.ts'

/** The account with which Meshferry's worker speaks to the API server. */
export const WORKER_ACCOUNT = 'system:serviceaccount:meshferry:meshferry-worker'

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const OWN = new Set(['istio-system', 'meshferry', 'kube-system', 'kube-public', 'kube-node-lease'])
/** Asking what one may do, or for a token, changes nothing. */
const READS_BY_POST = /\/(selfsubject\w+|subjectaccessreviews|tokenreviews)/

/**
 * Every write to something in a tenant's namespace by this account, as the API server logged it: `DELETE /api/v1/…/pods/x`.
 * Dry runs and what was refused are none.
 */
export function tenantWrites(log: readonly LoggedRequest[], account = WORKER_ACCOUNT): readonly string[] {
  return log.filter((line) => isTenantWrite(line, account)).map(({ method, url }) => `${method} ${url}`)
}

/** How many of them there are since `from` (an index in the log); it counts on, so that each line is read once. */
export function countTenantWrites(log: readonly LoggedRequest[], from = 0, account = WORKER_ACCOUNT): () => number {
  let read = from
  let writes = 0
  return () => {
    for (; read < log.length; read += 1) {
      const line = log[read]
      if (line && isTenantWrite(line, account)) writes += 1
    }
    return writes
  }
}

function isTenantWrite(line: LoggedRequest, account: string): boolean {
  const { user, code, method, url } = line
  if (user !== account || code >= 300 || !WRITES.has(method)) return false
  return !isDryRun(line) && !READS_BY_POST.test(url) && isTenants(url)
}

function isTenants(url: string): boolean {
  const namespace = /\/namespaces\/([^/?]+)\//.exec(url)?.[1]
  return namespace !== undefined && !OWN.has(namespace)
}
