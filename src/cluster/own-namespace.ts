import { stringify } from 'yaml'
import { CodedError, refusalOf } from '../kernel/errors.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { Cluster } from '../ports/cluster.ts'
import { selfCheck } from './self-check.ts'

/**
 * Makes sure that our namespace is there, labelled so that no injector takes it, and that nothing of the mesh reaches into
 * it all the same (WORKER_INJECTED, WORKER_BEHIND_WEBHOOK). A namespace that somebody made is not changed. Throws
 * NAMESPACE_MISSING {namespace, manifest, message} where it is missing and we may not create it.
 */
export async function ensureNamespace(cluster: Cluster, namespace: string, podLabels = OWN_LABELS): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', name: namespace }
  const found = (await cluster.get(ref)) ?? (await createNamespace(cluster, namespace))
  const mesh = await cluster.readInjection()
  const webhooks = mesh.unreadable.find(({ part }) => part === 'mutatingWebhooks' || part === 'validatingWebhooks')
  if (webhooks) throw new CodedError('MESH_UNREADABLE', { part: webhooks.part, reason: webhooks.reason })
  const namespaceLabels = found.metadata.labels ?? {}
  const refusal = selfCheck(mesh, { namespace, namespaceLabels, podLabels })
  if (refusal) throw new CodedError(refusal.code, refusal.facts)
}

const OWN_LABELS: Readonly<Record<string, string>> = { 'app.kubernetes.io/name': 'meshferry' }

/** The namespace as it should be; shown for people to apply where we may not. */
export function namespaceManifest(namespace: string): KubeObject {
  const labels = { 'app.kubernetes.io/managed-by': 'meshferry', 'istio-injection': 'disabled' }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }
}

async function createNamespace(cluster: Cluster, namespace: string): Promise<KubeObject> {
  const body = namespaceManifest(namespace)
  try {
    return await cluster.create(body)
  } catch (error) {
    const { code, facts } = refusalOf(error)
    // Another worker was quicker.
    if (code === 'CLUSTER_CONFLICT') return body
    if (code !== 'CLUSTER_FORBIDDEN') throw error
    const message = String(facts['message'] ?? '')
    throw new CodedError('NAMESPACE_MISSING', { namespace, manifest: stringify(body), message }, { cause: error })
  }
}
