import { stringify } from 'yaml'
import { CodedError, refusalOf } from '../kernel/errors.ts'
import type { KubeObject, WebhookConfiguration } from '../istio/objects.ts'
import type { Labels } from '../istio/selectors.ts'
import type { Cluster } from '../ports/cluster.ts'
import { selfCheck, type Webhooks } from './self-check.ts'

/**
 * Makes sure that our namespace is there, labelled so that no injector takes it, and that nothing of the mesh reaches into
 * it all the same (WORKER_INJECTED, WORKER_BEHIND_WEBHOOK). A namespace that somebody made is not changed. Throws
 * NAMESPACE_MISSING {namespace, manifest, message} where it is missing and we may not create it.
 */
export async function ensureNamespace(
  cluster: Cluster,
  place: { readonly namespace: string; readonly istioNamespace: string; readonly podLabels?: Labels },
): Promise<void> {
  const { namespace, podLabels = OWN_LABELS } = place
  const ref = { apiVersion: 'v1', kind: 'Namespace', name: namespace }
  const found = (await cluster.get(ref)) ?? (await createNamespace(cluster, namespace))
  const webhooks = await readWebhooks(cluster, place.istioNamespace)
  const namespaceLabels = found.metadata.labels ?? {}
  const refusal = selfCheck(webhooks, { namespace, namespaceLabels, podLabels })
  if (refusal) throw new CodedError(refusal.code, refusal.facts)
}

const OWN_LABELS: Labels = { 'app.kubernetes.io/name': 'meshferry' }

async function readWebhooks(cluster: Cluster, istioNamespace: string): Promise<Webhooks> {
  const list = async (kind: string) =>
    (await cluster.list('admissionregistration.k8s.io/v1', kind)) as readonly WebhookConfiguration[]
  const [mutatingWebhooks, validatingWebhooks] = await Promise.all([
    list('MutatingWebhookConfiguration'),
    list('ValidatingWebhookConfiguration'),
  ])
  return { mutatingWebhooks, validatingWebhooks, istioNamespace }
}

/** The namespace as it should be; shown for people to apply where we may not. */
function namespaceManifest(namespace: string): KubeObject {
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
