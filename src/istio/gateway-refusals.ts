import type { Refusal } from '../kernel/errors.ts'
import { injectionBy } from './effective-injector.ts'
import type { Injector } from './injectors.ts'
import { injectorsOf } from './injectors.ts'
import type { Mesh } from './mesh.ts'

import { isMovable, movedBySwitch, servingDefault } from './namespace-classes.ts'
import type { KubeGateway, Pod, Workload } from './objects.ts'
import { DEFAULT_REVISION } from './revision-names.ts'
import type { Labels } from './selectors.ts'
import { isGatewayTemplate } from './sidecar.ts'
import { strayName, strayPods } from './stray-pods.ts'
import { tagsLeadingTo } from './tags.ts'

/**
 * Gateways that a switch would move, or that two istiods would fight over. istiod owns a Gateway of the Kubernetes Gateway
 * API by its label istio.io/rev, else its namespace's, else `default`; it always counts its own revision's name as its tag.
 * So with an unrevisioned OLD both write an unlabelled Gateway's Deployment, without end (Istio #54280, #58350, #56128);
 * with a revisioned one its Deployment rolls at once. KUBE_GATEWAYS_CONTESTED, KUBE_GATEWAYS_WOULD_MOVE,
 * INJECTED_GATEWAYS_WOULD_MOVE, each with the gateways' names.
 */
export function gatewayRefusals(mesh: Mesh, from: string, keepTags: readonly string[] = []): readonly Refusal[] {
  const moving = tagsLeadingTo(mesh, from)
    .map(({ tag }) => tag)
    .filter((tag) => !keepTags.includes(tag))
  const both = from === DEFAULT_REVISION && !keepTags.includes(DEFAULT_REVISION)
  const names = both ? [DEFAULT_REVISION, ...moving] : moving
  const claimed = mesh.kubeGateways.filter((gateway) => isIstioGateway(mesh, gateway))
  const affected = claimed.filter((gateway) => names.includes(wantedRevision(mesh, gateway)))
  const contested = affected.filter((gateway) => wantedRevision(mesh, gateway) === from)
  const rolling = affected.filter((gateway) => !contested.includes(gateway))
  return [
    ...listed('KUBE_GATEWAYS_CONTESTED', contested.map(gatewayName)),
    ...listed('KUBE_GATEWAYS_WOULD_MOVE', rolling.map(gatewayName)),
    ...listed('INJECTED_GATEWAYS_WOULD_MOVE', movingInjectedGateways(mesh, from, keepTags)),
  ]
}

/**
 * Workloads whose pods are injected as gateways (template `gateway`) and would be by NEW at their next restart; where no
 * workload's template speaks for pods, the pods themselves, by whoever makes them.
 */
function movingInjectedGateways(mesh: Mesh, from: string, keepTags: readonly string[]): readonly string[] {
  const injectors = injectorsOf(mesh)
  const moving = [...mesh.workloads.map(templatePods), ...strayPods(mesh).map(ownPods)]
    .filter(({ annotations }) => isGatewayTemplate(annotations['inject.istio.io/templates']))
    .filter((pods) => wouldMove(mesh, injectors, pods, from, keepTags))
    .map(({ name }) => name)
  return [...new Set(moving)]
}

/** What decides about the pods of one maker. */
type MadePods = {
  readonly name: string
  readonly namespace: string
  readonly labels: Labels
  readonly annotations: Labels
}

function templatePods({ kind, metadata, template }: Workload): MadePods {
  const { labels = {}, annotations = {} } = template.metadata ?? {}
  const { namespace = '', name } = metadata
  return { name: `${kind} ${namespace}/${name}`, namespace, labels, annotations }
}

function ownPods(pod: Pod): MadePods {
  const { namespace = '', labels = {}, annotations = {} } = pod.metadata
  return { name: strayName(pod), namespace, labels, annotations }
}

function wouldMove(
  mesh: Mesh,
  injectors: readonly Injector[],
  { namespace: name, labels, annotations }: MadePods,
  from: string,
  keepTags: readonly string[],
): boolean {
  const namespace = mesh.namespaces.find((candidate) => candidate.metadata.name === name)
  const traits = { namespace: name, annotations }
  const injection = injectionBy(injectors, mesh, namespace?.metadata.labels ?? {}, labels, traits)
  const movable = isMovable(injection, servingDefault(mesh, injectors))
  return movedBySwitch({ injection, movable }, from, keepTags)
}

/** By class name; one with a class of another name shows by the Deployment that istiod made for it. */
function isIstioGateway(mesh: Mesh, gateway: KubeGateway): boolean {
  const { name, namespace } = gateway.metadata
  if ((gateway.spec?.gatewayClassName ?? '').startsWith('istio')) return true
  return mesh.workloads.some(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      metadata.labels?.['gateway.networking.k8s.io/gateway-name'] === name &&
      metadata.labels['gateway.istio.io/managed'] !== undefined,
  )
}

function wantedRevision(mesh: Mesh, gateway: KubeGateway): string {
  const own = gateway.metadata.labels?.['istio.io/rev']
  const namespace = mesh.namespaces.find(({ metadata }) => metadata.name === gateway.metadata.namespace)
  return own ?? namespace?.metadata.labels?.['istio.io/rev'] ?? DEFAULT_REVISION
}

function gatewayName({ metadata }: KubeGateway): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

function listed(code: string, gateways: readonly string[]): readonly Refusal[] {
  return gateways.length === 0 ? [] : [{ code, facts: { gateways: [...gateways].sort() } }]
}
