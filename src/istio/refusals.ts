import type { Refusal } from '../kernel/errors.ts'
import { controlPlaneFor, controlPlanesOf } from './control-planes.ts'
import { defaultRoute, movesByPatch } from './default-route.ts'
import { gatewayRefusals } from './gateway-refusals.ts'
import { classRefusals, injectorRefusals } from './injection-refusals.ts'
import { installFlipsDefault } from './install-flip.ts'
import type { Mesh } from './mesh.ts'
import { ambientNamespaces, cniOf, remoteClusterSecrets, ztunnelOf } from './mesh-parts.ts'
import type { Owner } from './owners.ts'
import { objectName, ownersOf } from './owners.ts'
import { revisionNameRefusal } from './revision-names.ts'
import { tagsOf } from './tags.ts'
import { unreadableRefusals } from './unread.ts'
import { hopRefusals, kubernetesRefusals } from './version-refusals.ts'
import { sameBuild } from './versions.ts'

/** One end of a migration: a revision and the version that it runs, or will. */
export type Side = { readonly revision: string; readonly version: string }

export type SupportOptions = {
  /** The cluster's policy allows hops over more than two minors. */
  readonly longHop?: boolean
  /** Tags that stay with OLD. */
  readonly keepTags?: readonly string[]
}

/** Owners that put back what they made, or whose own tool must do the upgrade. Helm's is supported for the switch. */
const FOREIGN_OWNERS: readonly Owner[] = ['argo-cd', 'flux', 'operator', 'sail', 'asm', 'aks']

/**
 * Everything this cluster has that this version can't upgrade, each refusal naming what it found. Empty means that nothing
 * known stands in the way; parts of the mesh that could not be read are refusals themselves.
 */
export function unsupportedHere(mesh: Mesh, from: Side, to: Side, options: SupportOptions = {}): readonly Refusal[] {
  const route = defaultRoute(mesh)
  const patched =
    route.ok && route.value.kind === 'untagged' && movesByPatch(mesh, [from.revision], route.value.injector)
  return [
    ...unreadableRefusals(mesh),
    ...controlPlaneRefusals(mesh, from, to),
    ...outOfReach(mesh, from, to, options),
    ...topologyRefusals(mesh),
    ...ownerRefusals(mesh),
    ...injectorRefusals(mesh, [from.revision, to.revision], patched),
    ...(patched ? installRefusals(mesh, to) : []),
    ...classRefusals(mesh),
    ...gatewayRefusals(mesh, from.revision, options.keepTags),
  ]
}

/** Why a version can't be gone to from here by itself, whatever else is wrong: those of `hopRefusals` and `kubernetesRefusals`. */
export function outOfReach(mesh: Mesh, from: Side, to: Side, options: SupportOptions = {}): readonly Refusal[] {
  const cni = cniOf(mesh).length > 0
  return [
    ...hopRefusals(from.version, to.version, { cni, longHop: options.longHop === true }),
    ...kubernetesRefusals(to.version, mesh.kubernetesVersion),
  ]
}

/**
 * OLD_UNKNOWN, OLD_VERSION_UNKNOWN, OLD_VERSION_DIFFERS, CONTROL_PLANES_DOUBLED, CONTROL_PLANE_ELSEWHERE, and NEW's name:
 * REVISION_NAME_… (taken when another version runs under it).
 */
function controlPlaneRefusals(mesh: Mesh, from: Side, to: Side): readonly Refusal[] {
  const planes = controlPlanesOf(mesh)
  const old = planes.filter(({ revision }) => revision === from.revision)
  const elsewhere = planes
    .filter(({ namespace }) => namespace !== mesh.istioNamespace)
    .map(({ deployment }) => objectName(deployment))
  const doubled = planes.filter(({ revision }, i) => planes.findIndex((plane) => plane.revision === revision) !== i)
  const others = planes.filter(
    ({ revision, version }) => revision !== to.revision || !sameBuild(version ?? '', to.version),
  )
  const taken = [...others.map(({ revision }) => revision), ...tagsOf(mesh).map(({ tag }) => tag)]
  const name = revisionNameRefusal(to.revision, taken)
  return [
    ...(old.length === 0 ? [{ code: 'OLD_UNKNOWN', facts: { revision: from.revision } }] : []),
    ...old.flatMap(({ version }) => oldVersionRefusal(version, from)),
    ...doubled.map(({ revision }) => ({ code: 'CONTROL_PLANES_DOUBLED', facts: { revision } })),
    ...(elsewhere.length === 0 ? [] : [{ code: 'CONTROL_PLANE_ELSEWHERE', facts: { objects: elsewhere } }]),
    ...(name === null ? [] : [name]),
  ]
}

function oldVersionRefusal(version: string | null, { revision, version: expected }: Side): readonly Refusal[] {
  if (version === null) return [{ code: 'OLD_VERSION_UNKNOWN', facts: { revision } }]
  if (sameBuild(version, expected)) return []
  return [{ code: 'OLD_VERSION_DIFFERS', facts: { revision, version, expected } }]
}

/** AMBIENT_NOT_SUPPORTED, REMOTE_CONTROL_PLANE, EXTERNAL_CONTROL_PLANE, MULTI_CLUSTER_NOT_SUPPORTED. */
function topologyRefusals(mesh: Mesh): readonly Refusal[] {
  const namespaces = ambientNamespaces(mesh)
  const ztunnels = ztunnelOf(mesh).map(objectName)
  const ambient = namespaces.length > 0 || ztunnels.length > 0
  const remote = mesh.services.filter(
    ({ metadata, spec }) => metadata.name.startsWith('istiod') && Object.keys(spec?.selector ?? {}).length === 0,
  )
  const external = controlPlanesOf(mesh).filter(({ deployment }) =>
    deployment.template.spec.containers.some(({ env }) =>
      env?.some(({ name, value }) => name === 'EXTERNAL_ISTIOD' && value === 'true'),
    ),
  )
  const secrets = remoteClusterSecrets(mesh)
  return [
    ...(ambient ? [{ code: 'AMBIENT_NOT_SUPPORTED', facts: { namespaces, objects: ztunnels } }] : []),
    ...listed('REMOTE_CONTROL_PLANE', remote.map(objectName)),
    ...listed(
      'EXTERNAL_CONTROL_PLANE',
      external.map(({ deployment }) => objectName(deployment)),
    ),
    ...(secrets.length === 0 ? [] : [{ code: 'MULTI_CLUSTER_NOT_SUPPORTED', facts: { secrets } }]),
  ]
}

/** OWNER_NOT_SUPPORTED, one for each owner, with its objects and what says so. */
function ownerRefusals(mesh: Mesh): readonly Refusal[] {
  const foreign = ownersOf(mesh).filter(({ owner }) => FOREIGN_OWNERS.includes(owner))
  const byOwner = Map.groupBy(foreign, ({ owner }) => owner)
  return [...byOwner].map(([owner, owned]) => ({
    code: 'OWNER_NOT_SUPPORTED',
    facts: {
      owner,
      objects: owned.map(({ object }) => object),
      evidence: [...new Set(owned.flatMap(({ evidence }) => evidence))],
    },
  }))
}

/** Where the default is patched no tag is adopted beforehand that would keep istioctl from making NEW the default. */
function installRefusals(mesh: Mesh, to: Side): readonly Refusal[] {
  const flip = controlPlaneFor(mesh, to.revision) === null ? installFlipsDefault(mesh, to.version) : null
  return flip === null ? [] : [flip]
}

function listed(code: string, objects: readonly string[]): readonly Refusal[] {
  return objects.length === 0 ? [] : [{ code, facts: { objects } }]
}
