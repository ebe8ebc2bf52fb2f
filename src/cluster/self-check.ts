import type { Refusal } from '../kernel/errors.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { WebhookConfiguration, WebhookEntry } from '../istio/objects.ts'
import { allOf, matchesSelector, type Labels } from '../istio/selectors.ts'
import { covers } from './webhook-services.ts'

export type Webhooks = Pick<Mesh, 'mutatingWebhooks' | 'validatingWebhooks' | 'istioNamespace'>

/** What of ours must stay out of the mesh's reach. */
export type OwnPlace = {
  readonly namespace: string
  readonly namespaceLabels: Labels
  /** Labels of our own pods; where none are known the namespace alone must keep injectors away. */
  readonly podLabels: Labels
}

/** What we need to create and change while a control plane is away, by group. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  '': ['pods', 'configmaps', 'secrets', 'services'],
  apps: ['deployments', 'replicasets'],
  'coordination.k8s.io': ['leases'],
}

/**
 * A worker that the mesh can inject, or whose pods and records wait for the mesh's webhooks, could not mend the mesh
 * (design.md §3). Null, or WORKER_INJECTED / WORKER_BEHIND_WEBHOOK {object, entry, namespace}. What can't be evaluated
 * counts as a match: unknown is not safe.
 */
export function selfCheck(mesh: Webhooks, own: OwnPlace): Refusal | null {
  const mutating = mesh.mutatingWebhooks.flatMap((object) => entriesOf(object, mesh, own))
  const validating = mesh.validatingWebhooks.flatMap((object) => entriesOf(object, mesh, own))
  const injector = mutating.find(({ entry }) => covers(resourcesOf(entry, ''), 'pods'))
  if (injector) return { code: 'WORKER_INJECTED', facts: factsOf(injector, own) }
  const closed = [...mutating, ...validating].find(({ entry }) => entry.failurePolicy !== 'Ignore' && blocks(entry))
  return closed ? { code: 'WORKER_BEHIND_WEBHOOK', facts: factsOf(closed, own) } : null
}

type Hit = { readonly object: string; readonly entry: WebhookEntry }

/** Entries that lead to the control plane under upgrade and whose selectors take our namespace and pods. */
function entriesOf(object: WebhookConfiguration, mesh: Webhooks, own: OwnPlace): readonly Hit[] {
  const labels = { 'kubernetes.io/metadata.name': own.namespace, ...own.namespaceLabels }
  return (object.webhooks ?? [])
    .filter((entry) => isMeshes(entry, mesh.istioNamespace))
    .filter((entry) => {
      const matching = [
        matchesSelector(entry.namespaceSelector, labels),
        matchesSelector(entry.objectSelector, own.podLabels),
      ]
      return allOf(matching) !== 'no'
    })
    .map((entry) => ({ object: object.metadata.name, entry }))
}

/** By its Service or, for injectors elsewhere, by the path that every istiod serves injection under. */
function isMeshes({ clientConfig }: WebhookEntry, istioNamespace: string): boolean {
  const { service, url } = clientConfig
  return service?.namespace === istioNamespace || /\/inject\b/.test(service?.path ?? url ?? '')
}

function blocks(entry: WebhookEntry): boolean {
  return Object.entries(NEEDED).some(([group, resources]) =>
    resources.some((resource) => covers(resourcesOf(entry, group), resource)),
  )
}

function resourcesOf(entry: WebhookEntry, group: string): readonly string[] {
  return (entry.rules ?? [])
    .filter((rule) => (rule.apiGroups ?? []).some((one) => one === group || one === '*'))
    .flatMap((rule) => rule.resources ?? [])
}

function factsOf({ object, entry }: Hit, own: OwnPlace): Refusal['facts'] {
  return { object, entry: entry.name, namespace: own.namespace }
}
