import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { sidecarOf } from '../../src/sandbox/kube-server/seed/sidecar-of.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'

/** What the webhooks of 1.30.0 put into a pod, and those of 1.31.0. */
export const OLD = sidecarOf('default', '1.30.0')
export const NEW = sidecarOf('1-31-0', '1.31.0')

/** As a Deployment's owner does it: its old pods go, and the new ones carry what is given now. */
export function redeploy(kube: KubeServer, namespace: string, name: string, inject: typeof OLD): void {
  const labels = kube.get('apps/v1', 'Deployment', name, namespace)?.metadata.labels ?? {}
  const pods = kube.list('v1', 'Pod', namespace).filter(({ metadata }) => metadata.labels?.['app'] === name)
  for (const { metadata } of pods) kube.remove('v1', 'Pod', metadata.name, namespace)
  seedWorkload(kube, { namespace, name, replicas: pods.length, labels, inject })
}
