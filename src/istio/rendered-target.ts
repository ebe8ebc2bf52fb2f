import type { Facts, Refusal } from '../kernel/errors.ts'
import { controlPlaneFor } from './control-planes.ts'
import { parseImage } from './image-names.ts'
import { isKubeObject } from './manifest-documents.ts'
import type { Mesh } from './mesh.ts'
import type { ConfigDifference } from './mesh-config-differences.ts'
import { differencesOf, meshConfigDifferences } from './mesh-config-differences.ts'
import type { KubeObject } from './objects.ts'
import type { InstallTarget } from './operator-file.ts'
import { objectName } from './owners.ts'
import { textAt } from './plain-data.ts'
import type { ControlPlaneSettings } from './rendered-control-plane.ts'
import { settingsOf } from './rendered-control-plane.ts'
import { liveSettings } from './live-control-plane.ts'
import { elsewhereRefusals, injectorRefusals } from './rendered-injector.ts'
import { istiodNameOf } from './revision-names.ts'
import { DEFAULT_VALIDATOR } from './validators.ts'
import { sameBuild } from './versions.ts'

export type RenderedOptions = {
  /** Differences that somebody named when asking: `hub`, or keys of the mesh config. */
  readonly acknowledged?: readonly string[]
}

/**
 * Checks what `istioctl manifest generate` would install against the target and against what OLD runs with. All refusals at
 * once. Codes RENDERED_…: NO_CONTROL_PLANE, WRONG_IMAGE, WRONG_PROXY_TAG, HUB_DIFFERS, ONE_REPLICA, NO_DISRUPTION_BUDGET,
 * IDENTITY_DIFFERS, FOREIGN_WORKLOADS, OVERWRITES, NO_INJECTOR, INJECTOR_DIFFERS, ELSEWHERE; OLD_SETTINGS_UNKNOWN; MESH_CONFIG_DIFFERS.
 */
export function checkRenderedTarget(
  mesh: Mesh,
  from: string,
  target: InstallTarget,
  documents: readonly unknown[],
  options: RenderedOptions = {},
): readonly Refusal[] {
  const next = settingsOf(documents, target.revision)
  if (next === null) return [refusal('NO_CONTROL_PLANE', { revision: target.revision })]
  const old = liveSettings(mesh, from)
  if (old === null) return [{ code: 'OLD_SETTINGS_UNKNOWN', facts: { revision: from } }]
  const objects = documents.filter(isKubeObject)
  return [
    ...imageRefusals(next, target),
    ...availabilityRefusals(next),
    ...foreignRefusals(mesh, objects, target.revision),
    ...injectorRefusals(objects, target, mesh.istioNamespace),
    ...elsewhereRefusals(objects, mesh.istioNamespace, textAt(next.meshConfig, 'rootNamespace') ?? mesh.istioNamespace),
    ...comparisonRefusals(old, next, options.acknowledged ?? []),
  ]
}

/** What differs between OLD's live and NEW's rendered mesh config, key by key, acknowledged or not. For the card. */
export function renderedMeshConfigDifferences(
  mesh: Mesh,
  from: string,
  target: InstallTarget,
  documents: readonly unknown[],
): readonly ConfigDifference[] {
  const old = controlPlaneFor(mesh, from)?.meshConfig ?? {}
  return meshConfigDifferences(old, settingsOf(documents, target.revision)?.meshConfig ?? {})
}

/** The same for what the injection templates are filled with: shown, not refused, since defaults come and go by version. */
export function injectionValueDifferences(
  mesh: Mesh,
  from: string,
  target: InstallTarget,
  documents: readonly unknown[],
): readonly ConfigDifference[] {
  const old = liveSettings(mesh, from)?.injectionValues ?? {}
  const next = settingsOf(documents, target.revision)?.injectionValues ?? {}
  return differencesOf(old, next, ['revision', 'global.tag'])
}

function imageRefusals(next: ControlPlaneSettings, { version }: InstallTarget): readonly Refusal[] {
  const pilotTag = parseImage(next.pilotImage).tag ?? ''
  const own = next.proxyImage.includes('/') ? parseImage(next.proxyImage).tag : next.proxyTag
  return [
    ...(sameBuild(pilotTag, version) ? [] : [refusal('WRONG_IMAGE', { image: next.pilotImage, version })]),
    ...(sameBuild(own ?? '', version) ? [] : [refusal('WRONG_PROXY_TAG', { tag: own ?? '', version })]),
  ]
}

/** failurePolicy is Fail: with one istiod, a node's drain stops every pod creation in the cluster. */
function availabilityRefusals({ replicas, disruptionBudget }: ControlPlaneSettings): readonly Refusal[] {
  return [
    ...(replicas >= 2 ? [] : [refusal('ONE_REPLICA', { replicas })]),
    ...(disruptionBudget ? [] : [refusal('NO_DISRUPTION_BUDGET', {})]),
  ]
}

function foreignRefusals(mesh: Mesh, objects: readonly KubeObject[], revision: string): readonly Refusal[] {
  const workloads = objects.filter(
    ({ kind, metadata }) =>
      ['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind) && metadata.name !== istiodNameOf(revision),
  )
  const overwriting = objects.filter((object) => overwrites(mesh, object, revision))
  return [
    ...(workloads.length === 0 ? [] : [refusal('FOREIGN_WORKLOADS', { objects: workloads.map(objectName) })]),
    ...(overwriting.length === 0 ? [] : [refusal('OVERWRITES', { objects: overwriting.map(objectName) })]),
  ]
}

/** What belongs to a tag, to the default, or to another revision. The base's shared objects carry no revision. */
function overwrites(mesh: Mesh, object: KubeObject, revision: string): boolean {
  const labels = object.metadata.labels ?? {}
  if (labels['istio.io/tag'] !== undefined || object.metadata.name === DEFAULT_VALIDATOR) return true
  const own = labels['istio.io/rev']
  if (own !== undefined && own !== revision) return true
  const live = [...mesh.mutatingWebhooks, ...mesh.services, ...mesh.configMaps, ...mesh.workloads].find(
    ({ kind, metadata }) =>
      kind === object.kind &&
      metadata.name === object.metadata.name &&
      (metadata.namespace ?? '') === (object.metadata.namespace ?? ''),
  )
  const theirs = live?.metadata.labels?.['istio.io/rev']
  return theirs !== undefined && theirs !== revision
}

/** Fields by which workloads of both revisions know each other: never to be acknowledged. */
const IDENTITY: readonly { readonly field: string; readonly of: (settings: ControlPlaneSettings) => string }[] = [
  { field: 'trustDomain', of: ({ meshConfig }) => textAt(meshConfig, 'trustDomain') ?? 'cluster.local' },
  { field: 'meshId', of: ({ meshConfig }) => textAt(meshConfig, 'defaultConfig', 'meshId') ?? '' },
  { field: 'clusterId', of: ({ clusterId }) => clusterId },
  { field: 'network', of: ({ injectionValues }) => textAt(injectionValues, 'global', 'network') ?? '' },
]

const IDENTITY_KEYS = ['trustDomain', 'defaultConfig.meshId']

function comparisonRefusals(
  old: ControlPlaneSettings,
  next: ControlPlaneSettings,
  acknowledged: readonly string[],
): readonly Refusal[] {
  const identity = IDENTITY.flatMap(({ field, of }) => {
    const facts = { field, old: of(old), new: of(next) }
    return facts.old === facts.new ? [] : [refusal('IDENTITY_DIFFERS', facts)]
  })
  const otherHub = old.hub !== next.hub && !acknowledged.includes('hub')
  const hub = otherHub ? [refusal('HUB_DIFFERS', { old: old.hub, new: next.hub })] : []
  const keys = meshConfigDifferences(old.meshConfig, next.meshConfig)
    .map(({ key }) => key)
    .filter((key) => !acknowledged.includes(key) && !IDENTITY_KEYS.includes(key))
  const config = keys.length === 0 ? [] : [{ code: 'MESH_CONFIG_DIFFERS', facts: { keys } }]
  return [...identity, ...hub, ...config]
}

function refusal(what: string, facts: Facts): Refusal {
  return { code: `RENDERED_${what}`, facts }
}
