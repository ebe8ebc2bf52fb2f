import { controlPlaneFor } from './control-planes.ts'
import type { Mesh } from './mesh.ts'
import type { ControlPlaneSettings } from './rendered-control-plane.ts'
import { settingsOf } from './rendered-control-plane.ts'
import { DEFAULT_REVISION } from './revision-names.ts'

/**
 * The same settings as those of a rendered control plane, read from what runs; null when it isn't there, or its mesh config or
 * injection values could not be read (then nothing can be compared).
 */
export function liveSettings(mesh: Mesh, revision: string): ControlPlaneSettings | null {
  const plane = controlPlaneFor(mesh, revision)
  if (plane === null || plane.meshConfig === null) return null
  const suffix = revision === DEFAULT_REVISION ? '' : `-${revision}`
  const maps = mesh.configMaps
    .filter(({ metadata }) => [plane.meshConfigMap, `istio-sidecar-injector${suffix}`].includes(metadata.name))
    .map((map) => ({ ...map, metadata: { ...map.metadata, labels: { 'istio.io/rev': revision } } }))
  if (maps.length < 2) return null
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `istiod${suffix}`, labels: { 'istio.io/rev': revision } },
    spec: { replicas: plane.replicas, template: { spec: plane.deployment.template.spec } },
  }
  const settings = settingsOf([deployment, ...maps], revision)
  return settings === null ? null : { ...settings, disruptionBudget: plane.disruptionBudget !== null }
}
