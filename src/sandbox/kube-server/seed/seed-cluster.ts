import type { KubeServer } from '../server.ts'

/** Nodes with kubelets of this version: what Kubernetes support and native sidecars are judged by. */
export function seedNodes(server: KubeServer, kubeletVersions: readonly string[]): void {
  for (const [index, kubeletVersion] of kubeletVersions.entries()) {
    const name = `node-${index + 1}`
    server.put({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/arch': 'amd64' } },
      status: {
        conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
        nodeInfo: { kubeletVersion, architecture: 'amd64', operatingSystem: 'linux' },
        allocatable: { cpu: '8', memory: '32Gi', pods: '110' },
      },
    })
  }
}

export type SeedNamespace = {
  readonly name: string
  /** `istio-injection: enabled`, `istio.io/rev: prod-stable`… */
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

/** A namespace with its default service account. */
export function seedNamespace(server: KubeServer, namespace: SeedNamespace): void {
  const { name, labels = {}, annotations = {} } = namespace
  server.put({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...labels }, annotations: { ...annotations } },
  })
}
