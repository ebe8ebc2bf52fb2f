import type { MeshView } from '../../sandbox/world/mesh-view.ts'
import { sidecarVersions } from '../../sandbox/stories/redeploy.ts'
import type { StoryWorld } from '../../sandbox/stories/story-world.ts'
import { valueAt } from '../../sandbox/kube-server/kube-object.ts'
import type { KubeServer } from '../../sandbox/kube-server/server.ts'

/** The small world's mesh, from the cluster alone; `restarted` counts what Meshferry wrote of tenants. */
export function viewOf(
  kube: KubeServer,
  { namespaces, teams, workloads }: StoryWorld,
  restarted: () => number,
): MeshView {
  const byVersion = sidecarVersions(kube, namespaces)
  const planes = kube
    .list('apps/v1', 'Deployment', 'istio-system')
    .filter(({ metadata }) => metadata.name.startsWith('istiod'))
  return {
    newPods: [],
    byVersion,
    curve: [],
    controlPlanes: planes.map((plane) => ({
      revision: plane.metadata.labels?.['istio.io/rev'] ?? 'default',
      version: plane.metadata.labels?.['operator.istio.io/version'] ?? '',
      ready: Number(valueAt(plane, 'status', 'readyReplicas') ?? 0),
      wanted: Number(valueAt(plane, 'spec', 'replicas') ?? 1),
      proxies: 0,
    })),
    traffic: { perSecond: 0, errorsPerSecond: 0, errorsInAll: 0 },
    restartedByUs: restarted(),
    replacedByTeams: 0,
    teams: Object.keys(teams).map((name) => {
      const own = workloads.filter(({ team }) => team === name)
      return { name, pods: own.reduce((sum, { replicas }) => sum + replicas, 0), byVersion: {} }
    }),
  }
}
