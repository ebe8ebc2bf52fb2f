import type { LoggedRequest } from '../kube-server/serve-http.ts'

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
  return log
    .filter(({ user, code }) => user === account && code < 300)
    .filter(({ method, url }) => WRITES.has(method) && !url.includes('dryRun=') && !READS_BY_POST.test(url))
    .filter(({ url }) => isTenants(url))
    .map(({ method, url }) => `${method} ${url}`)
}

function isTenants(url: string): boolean {
  const namespace = /\/namespaces\/([^/?]+)\//.exec(url)?.[1]
  return namespace !== undefined && !OWN.has(namespace)
}
