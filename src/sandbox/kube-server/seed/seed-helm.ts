import type { ControlPlane } from '../istio/control-plane.ts'
import type { KubeServer } from '../server.ts'

/** The Secret by which Helm knows a release: the one sign of Helm that istioctl's own objects don't imitate. */
export function seedHelmRelease(server: KubeServer, plane: ControlPlane, release = 'istiod', version = 1): void {
  const labels = { name: release, owner: 'helm', status: 'deployed', version: String(version) }
  server.put(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: `sh.helm.release.v1.${release}.v${version}`, namespace: plane.namespace, labels },
      type: 'helm.sh/release.v1',
      data: { release: Buffer.from('{}').toString('base64') },
    },
    'helm',
  )
}
