import type { Mesh } from './mesh.ts'
import { injectionBy } from './effective-injector.ts'
import type { Injector } from './injectors.ts'
import { injectorsOf } from './injectors.ts'
import type { NamespaceClass } from './namespace-classes.ts'
import type { Container, KubeObject, PodSpec, PodTemplate, Workload } from './objects.ts'
import { objectName } from './owners.ts'
import { selectingLabels } from './pod-selections.ts'
import type { Labels } from './selectors.ts'

/** A pod to send to the API server with dryRun=All: it is admitted and mutated, and never stored. */
export type ProbePod = {
  readonly classKey: string
  readonly namespace: string
  /** The workload whose template it is made from, or `minimal` where the namespace has none that fits. */
  readonly source: string
  readonly pod: KubeObject & { readonly metadata: { readonly generateName: string }; readonly spec: PodSpec }
}

/** Marks our probes in audit logs and webhooks of others. No injector selects by it. */
export const PROBE_LABEL = 'meshferry.io/probe'

/** The name is made by the API server: that is how pods of a ReplicaSet come, too. */
const GENERATE_NAME = 'meshferry-probe-'

/**
 * One probe for every namespace of every class that is injected or should be, made from a real template of the namespace:
 * it answers what the next redeploy of that workload would get. Classes that opt out or aren't injected have none.
 */
export function probePodsFor(mesh: Mesh, classes: readonly NamespaceClass[]): readonly ProbePod[] {
  const byNamespace = Map.groupBy(mesh.workloads, ({ metadata }) => metadata.namespace ?? '')
  const namespaceLabels = new Map(mesh.namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]))
  const injectors = injectorsOf(mesh)
  return classes
    .filter(({ name }) => name !== 'opted-out' && name !== 'not-injected')
    .flatMap((namespaceClass) =>
      namespaceClass.namespaces.map((namespace) => {
        const place = { mesh, injectors, namespace, namespaceLabels: namespaceLabels.get(namespace) ?? {} }
        return probeFor(place, namespaceClass, byNamespace.get(namespace) ?? [])
      }),
    )
}

/**
 * A pod that asks for a revision by its own label: in a namespace without Istio's labels it exercises the name, the
 * certificate and the root of that revision's webhook before anything is switched.
 */
export function revisionProbe(namespace: string, revision: string): ProbePod {
  return minimalProbe(`asked:${revision}`, namespace, { 'istio.io/rev': revision })
}

/** A pod that asks for nothing: in a namespace of a class it gets what the namespace gives. */
export function minimalProbe(classKey: string, namespace: string, labels: Labels): ProbePod {
  return { classKey, namespace, source: 'minimal', pod: podFrom(namespace, { metadata: { labels }, spec: MINIMAL }) }
}

type Place = {
  readonly mesh: Mesh
  readonly injectors: readonly Injector[]
  readonly namespace: string
  readonly namespaceLabels: Labels
}

function probeFor(place: Place, namespaceClass: NamespaceClass, workloads: readonly Workload[]): ProbePod {
  const { namespace } = place
  const [sample] = workloads.filter((workload) => fits(place, namespaceClass, workload)).sort(bySuitability)
  if (sample === undefined) return minimalProbe(namespaceClass.key, namespace, namespaceClass.podLabels)
  return {
    classKey: namespaceClass.key,
    namespace,
    source: objectName(sample),
    pod: podFrom(namespace, sample.template),
  }
}

/** Its pods belong to the class (they ask for the same) and are injected at all: no opt-out, no host network. */
function fits(place: Place, { podLabels, name }: NamespaceClass, { template }: Workload): boolean {
  const { mesh, injectors, namespace, namespaceLabels } = place
  const labels = template.metadata?.labels ?? {}
  const selecting = selectingLabels(labels)
  const same = name !== 'pod-level' || JSON.stringify(selecting) === JSON.stringify(selectingLabels(podLabels))
  const stranger = name === 'by-default' && Object.keys(selecting).length > 0
  if (!same || stranger) return false
  const traits = {
    namespace,
    annotations: template.metadata?.annotations ?? {},
    hostNetwork: template.spec.hostNetwork === true,
  }
  return injectionBy(injectors, mesh, namespaceLabels, labels, traits).kind !== 'none'
}

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']

/** The most ordinary workload that runs and pins no image; the same one each time. */
function bySuitability(a: Workload, b: Workload): number {
  return score(a) - score(b) || (a.metadata.name < b.metadata.name ? -1 : 1)
}

function score(workload: Workload): number {
  const kind = KINDS.indexOf(workload.kind)
  const pinned = workload.template.metadata?.annotations?.['sidecar.istio.io/proxyImage'] !== undefined
  return (kind < 0 ? KINDS.length : kind) + (workload.readyReplicas > 0 ? 0 : 10) + (pinned ? 100 : 0)
}

function podFrom(namespace: string, template: PodTemplate): ProbePod['pod'] {
  const { nodeName: _nodeName, ...spec } = template.spec
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: GENERATE_NAME,
      namespace,
      labels: { ...template.metadata?.labels, [PROBE_LABEL]: 'true' },
      annotations: { ...template.metadata?.annotations },
    },
    spec,
  }
}

/** As little as quotas and PodSecurity `restricted` ask for. */
const PROBE_CONTAINER: Container & Readonly<Record<string, unknown>> = {
  name: 'probe',
  image: 'registry.k8s.io/pause:3.10',
  resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: '10m', memory: '16Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: 65_535,
    seccompProfile: { type: 'RuntimeDefault' },
  },
}

const MINIMAL: PodSpec = { containers: [PROBE_CONTAINER] }
