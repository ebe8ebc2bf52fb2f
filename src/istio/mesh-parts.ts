import type { Mesh } from './mesh.ts'
import type { Workload } from './objects.ts'
import { parseImage } from './image-names.ts'

/** istio-cni's DaemonSets, by label or image (istioctl, Helm and vendors rename it). */
export function cniOf(mesh: Mesh): readonly Workload[] {
  return daemonSets(mesh, 'istio-cni-node', 'install-cni')
}

/** ztunnel's DaemonSets: where one runs, ambient mode is in use or about to be. */
export function ztunnelOf(mesh: Mesh): readonly Workload[] {
  return daemonSets(mesh, 'ztunnel', 'ztunnel')
}

/** Namespaces in ambient mode, and those with a pod that is on its own. */
export function ambientNamespaces(mesh: Mesh): readonly string[] {
  const labelled = mesh.namespaces
    .filter(({ metadata }) => isAmbient(metadata.labels))
    .map(({ metadata }) => metadata.name)
  const byPods = [...mesh.pods, ...mesh.workloads.map(templateOf)]
    .filter(({ metadata }) => isAmbient(metadata.labels))
    .map(({ metadata }) => metadata.namespace ?? '')
  return [...new Set([...labelled, ...byPods])].sort()
}

/** Names of the Secrets through which an istiod reads other clusters. */
export function remoteClusterSecrets(mesh: Mesh): readonly string[] {
  return mesh.secrets
    .filter(({ metadata }) => metadata.labels?.['istio/multiCluster'] === 'true')
    .map(({ metadata }) => metadata.name)
    .sort()
}

function daemonSets(mesh: Mesh, label: string, image: string): readonly Workload[] {
  return mesh.workloads.filter(
    ({ kind, metadata, template }) =>
      kind === 'DaemonSet' &&
      (metadata.labels?.['k8s-app'] === label ||
        template.metadata?.labels?.['k8s-app'] === label ||
        template.metadata?.labels?.['app'] === label ||
        template.spec.containers.some((container) => parseImage(container.image ?? '').name === image)),
  )
}

function isAmbient(labels: Readonly<Record<string, string>> | undefined): boolean {
  return labels?.['istio.io/dataplane-mode'] === 'ambient'
}

function templateOf({ metadata, template }: Workload): Pick<Workload, 'metadata'> {
  const labels = template.metadata?.labels ?? {}
  return { metadata: { name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}), labels } }
}
