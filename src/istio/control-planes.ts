import { parse } from 'yaml'
import { caBundleHash } from './ca-bundle.ts'
import { parseImage } from './image-names.ts'
import type { Mesh } from './mesh.ts'
import type { ConfigMap, Service, Workload } from './objects.ts'
import { DEFAULT_REVISION } from './revision-names.ts'
import { matchesLabelMap } from './selectors.ts'
import type { IstioVersion } from './versions.ts'
import { eraOf, formatVersion, parseVersion } from './versions.ts'

/** One istiod: what runs under one revision. */
export type ControlPlane = {
  /** `default` for an unrevisioned one. */
  readonly revision: string
  /** `1.30.0`; null when neither image nor labels say it. */
  readonly version: string | null
  readonly namespace: string
  readonly deployment: Workload
  readonly image: string
  readonly hub: string
  readonly replicas: number
  readonly readyReplicas: number
  /** The Service that its webhooks name (`istiod`, `istiod-<rev>`); null when it is missing. */
  readonly service: string | null
  readonly readyEndpoints: number
  readonly disruptionBudget: string | null
  /** `mesh` of its ConfigMap, parsed; null when missing or unreadable. */
  readonly meshConfig: Readonly<Record<string, unknown>> | null
  readonly meshConfigMap: string
  /** Of the caBundle in its own injector object; null while it isn't written. */
  readonly rootHash: string | null
  /** 1.11 and older: the default injector is moved by a patch and not by a tag. */
  readonly legacy: boolean
}

/** Every istiod of the cluster, by revision. Two Deployments of one revision are listed twice: a gate refuses that. */
export function controlPlanesOf(mesh: Mesh): readonly ControlPlane[] {
  return mesh.workloads
    .filter(isIstiod)
    .map((deployment) => controlPlaneOf(mesh, deployment))
    .sort((a, b) => (a.revision < b.revision ? -1 : a.revision > b.revision ? 1 : 0))
}

/** The one control plane of a revision in the mesh's Istio namespace; null when there is none, or more than one. */
export function controlPlaneFor(mesh: Mesh, revision: string): ControlPlane | null {
  const found = controlPlanesOf(mesh).filter((plane) => plane.revision === revision)
  const [only] = found
  return found.length === 1 && only !== undefined ? only : null
}

/** Which pods belong to which revision's istiod: all that following a Service needs. */
export function istiodsOf(mesh: Mesh): readonly Istiod[] {
  return mesh.workloads.filter(isIstiod).map((deployment) => {
    const labels = deployment.template.metadata?.labels ?? {}
    const namespace = deployment.metadata.namespace ?? mesh.istioNamespace
    return { revision: labels['istio.io/rev'] ?? DEFAULT_REVISION, namespace, labels }
  })
}

export type Istiod = {
  readonly revision: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

/** `istio` or `istio-<rev>`: the ConfigMap with a revision's mesh config. */
function meshConfigMapName(revision: string): string {
  return revision === DEFAULT_REVISION ? 'istio' : `istio-${revision}`
}

/** An istiod is a Deployment whose pods are labelled app=istiod (all versions from 1.7, istioctl and Helm). */
export function isIstiod(workload: Workload): boolean {
  return workload.kind === 'Deployment' && workload.template.metadata?.labels?.['app'] === 'istiod'
}

/** Parsed `mesh` of a mesh ConfigMap, null when there is none or it is no YAML map. */
function parseMeshConfig(configMap: ConfigMap | undefined): Readonly<Record<string, unknown>> | null {
  const text = configMap?.data?.['mesh']
  if (text === undefined) return null
  try {
    const value: unknown = parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function controlPlaneOf(mesh: Mesh, deployment: Workload): ControlPlane {
  const revision = deployment.template.metadata?.labels?.['istio.io/rev'] ?? DEFAULT_REVISION
  const namespace = deployment.metadata.namespace ?? mesh.istioNamespace
  const image = discoveryImage(deployment)
  const version = versionOf(deployment, image)
  const service = serviceOf(mesh, deployment, namespace)
  const meshConfigMap = meshConfigMapName(revision)
  return {
    revision,
    version: version === null ? null : formatVersion(version),
    namespace,
    deployment,
    image,
    hub: parseImage(image).hub,
    replicas: deployment.replicas,
    readyReplicas: deployment.readyReplicas,
    service: service?.metadata.name ?? null,
    readyEndpoints: service === undefined ? 0 : readyEndpointsOf(mesh, service),
    disruptionBudget: disruptionBudgetOf(mesh, deployment, namespace),
    meshConfig: parseMeshConfig(configMapOf(mesh, namespace, meshConfigMap)),
    meshConfigMap,
    rootHash: rootHashOf(mesh, revision),
    legacy: version !== null && eraOf(version) !== 'tags',
  }
}

function discoveryImage(deployment: Workload): string {
  const containers = deployment.template.spec.containers
  return (containers.find((container) => container.name === 'discovery') ?? containers[0])?.image ?? ''
}

/** The image's tag says the version; an image by digest only leaves istioctl's own label. */
function versionOf(deployment: Workload, image: string): IstioVersion | null {
  const label = deployment.metadata.labels?.['operator.istio.io/version']
  return parseVersion(parseImage(image).tag ?? '') ?? parseVersion(label ?? '')
}

/** Not a tag's Service (`istiod-revision-tag-…`), which selects the same pods. */
function serviceOf(mesh: Mesh, deployment: Workload, namespace: string): Service | undefined {
  const labels = deployment.template.metadata?.labels ?? {}
  const candidates = mesh.services.filter(
    (service) =>
      service.metadata.namespace === namespace &&
      service.metadata.labels?.['istio.io/tag'] === undefined &&
      matchesLabelMap(service.spec?.selector, labels),
  )
  return candidates.find((service) => service.metadata.name === deployment.metadata.name) ?? candidates[0]
}

function readyEndpointsOf(mesh: Mesh, service: Service): number {
  const found = mesh.endpoints.find(
    (endpoints) => endpoints.service === service.metadata.name && endpoints.namespace === service.metadata.namespace,
  )
  return found?.readyAddresses.length ?? 0
}

function disruptionBudgetOf(mesh: Mesh, deployment: Workload, namespace: string): string | null {
  if (namespace !== mesh.istioNamespace) return null
  const labels = deployment.template.metadata?.labels ?? {}
  return mesh.disruptionBudgets.find((budget) => matchesLabelMap(budget.matchLabels, labels))?.name ?? null
}

function configMapOf(mesh: Mesh, namespace: string, name: string): ConfigMap | undefined {
  return mesh.configMaps.find((map) => map.metadata.name === name && map.metadata.namespace === namespace)
}

/** From the revision's own injector object: label istio.io/rev and no tag, which is how istioctl finds it too. */
function rootHashOf(mesh: Mesh, revision: string): string | null {
  const own = mesh.mutatingWebhooks.find(
    ({ metadata }) => metadata.labels?.['istio.io/rev'] === revision && metadata.labels['istio.io/tag'] === undefined,
  )
  const entry = own?.webhooks?.find((webhook) => webhook.name.endsWith('sidecar-injector.istio.io'))
  return caBundleHash(entry?.clientConfig.caBundle)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
