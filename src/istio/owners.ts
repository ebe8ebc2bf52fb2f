import { isIstiod } from './control-planes.ts'
import { injectorsOf } from './injectors.ts'
import { managersOf } from './managed-fields.ts'
import type { Mesh } from './mesh.ts'
import type { KubeObject } from './objects.ts'
import { validatorsOf } from './validators.ts'

/**
 * Who made an object and would put it back. `asm` and `aks` are the managed Istios of Google and Azure. `unknown`: nobody
 * left a sign.
 */
export type Owner =
  | 'istioctl'
  | 'helm'
  | 'argo-cd'
  | 'flux'
  | 'operator'
  | 'sail'
  | 'asm'
  | 'aks'
  | 'meshferry'
  | 'unknown'

export type Ownership = {
  readonly owner: Owner
  /** `Deployment istio-system/istiod` */
  readonly object: string
  /** What says so: `annotation meta.helm.sh/release-name=istiod`, `manager helm`. */
  readonly evidence: readonly string[]
}

type Signs = { readonly object: KubeObject; readonly mesh: Mesh; readonly managers: readonly string[] }
type Rule = { readonly owner: Owner; readonly evidence: (signs: Signs) => readonly string[] }

/** Stronger owners first: Argo CD and Flux may render Helm charts, and all of them leave istioctl's labels standing. */
const RULES: readonly Rule[] = [
  { owner: 'asm', evidence: asmSigns },
  { owner: 'aks', evidence: aksSigns },
  { owner: 'sail', evidence: sailSigns },
  { owner: 'operator', evidence: operatorSigns },
  { owner: 'argo-cd', evidence: argoSigns },
  { owner: 'flux', evidence: fluxSigns },
  { owner: 'helm', evidence: helmSigns },
  { owner: 'istioctl', evidence: istioctlSigns },
  { owner: 'meshferry', evidence: ({ managers }) => managerSigns(managers, ['meshferry']) },
]

/** Who owns one object of this mesh. */
function ownerOf(mesh: Mesh, object: KubeObject): Ownership {
  const signs = { object, mesh, managers: managersOf(object) }
  const name = objectName(object)
  for (const { owner, evidence } of RULES) {
    const found = evidence(signs)
    if (found.length > 0) return { owner, object: name, evidence: found }
  }
  return { owner: 'unknown', object: name, evidence: [] }
}

/** Who owns each object that an upgrade touches: istiods, injectors, tags, validators. */
export function ownersOf(mesh: Mesh): readonly Ownership[] {
  const objects: readonly KubeObject[] = [
    ...mesh.workloads.filter(isIstiod),
    ...injectorsOf(mesh).map(({ object }) => object),
    ...validatorsOf(mesh).map(({ object }) => object),
  ]
  return objects.map((object) => ownerOf(mesh, object))
}

/** `Deployment istio-system/istiod`; cluster-scoped ones without namespace. */
export function objectName({ kind, metadata }: KubeObject): string {
  return metadata.namespace === undefined
    ? `${kind} ${metadata.name}`
    : `${kind} ${metadata.namespace}/${metadata.name}`
}

/** `asm-managed`, `asm-1-20` …: Google's revisions; with its own CRD where the control plane is managed. */
function asmSigns({ object, mesh }: Signs): readonly string[] {
  const revision = object.metadata.labels?.['istio.io/rev'] ?? ''
  if (/^asm-managed(-rapid|-stable)?$/.test(revision)) return [`label istio.io/rev=${revision}`]
  const managed = mesh.customResourceDefinitions.includes('controlplanerevisions.mesh.cloud.google.com')
  return managed && revision.startsWith('asm-') ? [`label istio.io/rev=${revision}`] : []
}

function aksSigns({ object, mesh }: Signs): readonly string[] {
  if (mesh.istioNamespace === 'aks-istio-system') return ['namespace aks-istio-system']
  return object.metadata.labels?.['kubernetes.azure.com/managedby'] === 'aks'
    ? ['label kubernetes.azure.com/managedby=aks']
    : []
}

/** Sail renders charts with Helm's library: its owner reference is the only sure sign. */
function sailSigns({ object }: Signs): readonly string[] {
  return (object.metadata.ownerReferences ?? [])
    .filter(
      ({ apiVersion }) => apiVersion.startsWith('sailoperator.io/') || apiVersion.startsWith('operator.istio.io/'),
    )
    .map(({ kind, name }) => `owned by ${kind} ${name}`)
}

/** The in-cluster operator (until 1.23) writes as istioctl does; its Deployment tells them apart. */
function operatorSigns({ object, mesh }: Signs): readonly string[] {
  const managed = object.metadata.labels?.['operator.istio.io/managed'] !== undefined
  const running = mesh.workloads.filter(isIstioOperator).map(objectName)
  return managed ? running : []
}

function isIstioOperator(workload: Mesh['workloads'][number]): boolean {
  return (
    workload.kind === 'Deployment' &&
    workload.replicas > 0 &&
    workload.template.spec.containers.some(({ image }) => /(^|\/)(istio-)?operator[:@]/.test(image ?? '')) &&
    workload.template.spec.containers.some(({ name }) => name === 'istio-operator')
  )
}

function argoSigns({ object, managers }: Signs): readonly string[] {
  const keys = Object.keys({ ...object.metadata.annotations, ...object.metadata.labels })
  const marks = keys.filter((key) => key.startsWith('argocd.argoproj.io/')).map((key) => `mark ${key}`)
  return [...marks, ...managerSigns(managers, ['argocd-controller', 'argocd-application-controller'])]
}

function fluxSigns({ object, managers }: Signs): readonly string[] {
  const keys = Object.keys(object.metadata.labels ?? {})
  const marks = keys
    .filter((key) => key.startsWith('kustomize.toolkit.fluxcd.io/') || key.startsWith('helm.toolkit.fluxcd.io/'))
    .map((key) => `label ${key}`)
  return [...marks, ...managerSigns(managers, ['kustomize-controller', 'helm-controller'])]
}

/**
 * All three or not at all: release annotation, manager `helm` and the release's Secret. istioctl 1.24 and later renders
 * charts and leaves managed-by: Helm on its own objects. What istioctl has taken over since is still Helm's: its next
 * upgrade writes it again.
 */
function helmSigns({ object, mesh, managers }: Signs): readonly string[] {
  const release = object.metadata.annotations?.['meta.helm.sh/release-name']
  if (release === undefined) return []
  const manager = managerSigns(managers, ['helm'])
  const secret = mesh.secrets.find(
    ({ type, metadata }) =>
      type === 'helm.sh/release.v1' && metadata.name.startsWith(`sh.helm.release.v1.${release}.v`),
  )
  if (manager.length === 0 || secret === undefined) return []
  return [`annotation meta.helm.sh/release-name=${release}`, ...manager, `secret ${secret.metadata.name}`]
}

function istioctlSigns({ object, managers }: Signs): readonly string[] {
  const managed = object.metadata.labels?.['operator.istio.io/managed']
  const label = managed === undefined ? [] : [`label operator.istio.io/managed=${managed}`]
  return [...label, ...managerSigns(managers, ['istio-operator', 'istio-ci', 'istioctl'])]
}

function managerSigns(managers: readonly string[], wanted: readonly string[]): readonly string[] {
  return managers.filter((manager) => wanted.includes(manager)).map((manager) => `manager ${manager}`)
}
