import { parse } from 'yaml'
import { parseImage } from './image-names.ts'
import { isKubeObject } from './manifest-documents.ts'
import type { KubeObject } from './objects.ts'
import type { PlainObject } from './plain-data.ts'
import { isPlainObject, listAt, scalarAt, textAt, valueAt } from './plain-data.ts'
import { DEFAULT_REVISION } from './revision-names.ts'

/** What decides a control plane's behaviour, from `manifest generate` or from the live objects alike. */
export type ControlPlaneSettings = {
  readonly revision: string
  readonly pilotImage: string
  readonly proxyImage: string
  readonly proxyTag: string
  readonly hub: string
  readonly meshConfig: PlainObject
  /** `values` of the injector's ConfigMap: what the injection templates are filled with. */
  readonly injectionValues: PlainObject
  readonly clusterId: string
  /** The least number of istiods: HPA's minimum, else replicas, else 1. */
  readonly replicas: number
  readonly disruptionBudget: boolean
}

/** The settings of one revision in a list of objects; null when its Deployment isn't among them. */
export function settingsOf(documents: readonly unknown[], revision: string): ControlPlaneSettings | null {
  const objects = documents.filter(isKubeObject).filter((object) => isOf(object, revision))
  const suffix = revision === DEFAULT_REVISION ? '' : `-${revision}`
  const deployment = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === `istiod${suffix}`)
  if (deployment === undefined) return null
  const named = (kind: string, name: string): KubeObject | undefined =>
    objects.find((object) => object.kind === kind && object.metadata.name === `${name}${suffix}`)
  const container = listAt(deployment, 'spec', 'template', 'spec', 'containers')[0]
  const pilotImage = textAt(container, 'image') ?? ''
  const values = parsedMap(textAt(named('ConfigMap', 'istio-sidecar-injector'), 'data', 'values'))
  return {
    revision,
    pilotImage,
    proxyImage: textAt(values, 'global', 'proxy', 'image') ?? '',
    proxyTag: scalarAt(values, 'global', 'tag') ?? '',
    hub: textAt(values, 'global', 'hub') ?? parseImage(pilotImage).hub,
    meshConfig: parsedMap(textAt(named('ConfigMap', 'istio'), 'data', 'mesh')),
    injectionValues: values,
    clusterId: envOf(container, 'CLUSTER_ID'),
    replicas: replicasOf(deployment, named('HorizontalPodAutoscaler', 'istiod')),
    disruptionBudget: named('PodDisruptionBudget', 'istiod') !== undefined,
  }
}

function isOf(object: KubeObject, revision: string): boolean {
  const label = object.metadata.labels?.['istio.io/rev']
  return label === undefined || label === revision
}

function replicasOf(deployment: KubeObject, scaler: KubeObject | undefined): number {
  const least = valueAt(scaler, 'spec', 'minReplicas')
  const fixed = valueAt(deployment, 'spec', 'replicas')
  if (scaler !== undefined) return typeof least === 'number' ? least : 1
  return typeof fixed === 'number' ? fixed : 1
}

function envOf(container: unknown, name: string): string {
  const found = listAt(container, 'env').find((variable) => textAt(variable, 'name') === name)
  return textAt(found, 'value') ?? ''
}

/** JSON is YAML, so one parser reads both. */
function parsedMap(text: string | null): PlainObject {
  if (text === null) return {}
  try {
    const value: unknown = parse(text)
    return isPlainObject(value) ? value : {}
  } catch {
    return {}
  }
}
