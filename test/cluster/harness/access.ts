import { join } from 'node:path'
import type { ControlPlane } from './control-plane.ts'
import { writeKubeconfig } from './pki.ts'
import { requestToken } from './pod-volumes.ts'

export type Rule = {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

/** Whose kubeconfig: a service account (made with its namespace where missing), or a user with a client certificate. */
export type Subject = { readonly user: string } | { readonly namespace: string; readonly serviceAccount: string }

export type AccessOptions = {
  /** Which API server the kubeconfig names. */
  readonly apiServer?: number
  readonly context?: string
}

/** A kubeconfig with exactly these rights cluster-wide (and what Kubernetes gives every authenticated account). */
export async function kubeconfigFor(
  plane: ControlPlane,
  folder: string,
  subject: Subject,
  rules: readonly Rule[],
  options: AccessOptions = {},
): Promise<string> {
  const name = 'user' in subject ? subject.user : `${subject.namespace}-${subject.serviceAccount}`
  const role = `test-${name.replaceAll(/[^a-z0-9-]/gi, '-').toLowerCase()}`
  const user = 'user' in subject ? await certificateOf(plane, subject.user) : await tokenOf(plane, subject)
  await writeRole(plane, role, subject, rules)
  const server = plane.servers[options.apiServer ?? 0] ?? ''
  return writeKubeconfig(join(folder, `${role}.kubeconfig`), server, plane.pki.caPem, user, options.context)
}

async function certificateOf(plane: ControlPlane, user: string) {
  const { certificate, key } = await plane.pki.clientCertificate(user)
  return { 'client-certificate-data': certificate, 'client-key-data': key }
}

async function tokenOf(plane: ControlPlane, account: { namespace: string; serviceAccount: string }) {
  const { api } = plane
  const { namespace, serviceAccount } = account
  await api.ask('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  await api.ask('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name: serviceAccount } })
  return { token: await requestToken(api, namespace, serviceAccount) }
}

/** Written anew each time, so that a test can take a right away from a running account. */
async function writeRole(plane: ControlPlane, name: string, subject: Subject, rules: readonly Rule[]): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1'
  await plane.api.ask('DELETE', `${rbac}/clusterroles/${name}`)
  await plane.api.need('POST', `${rbac}/clusterroles`, { metadata: { name }, rules })
  const group = 'rbac.authorization.k8s.io'
  const bound =
    'user' in subject
      ? { kind: 'User', name: subject.user, apiGroup: group }
      : { kind: 'ServiceAccount', name: subject.serviceAccount, namespace: subject.namespace }
  const roleRef = { apiGroup: group, kind: 'ClusterRole', name }
  await plane.api.ask('POST', `${rbac}/clusterrolebindings`, { metadata: { name }, roleRef, subjects: [bound] })
}
