import { MERGE_PATCH } from './kube-api.ts'
import type { KubeApi } from './kube-api.ts'
import type { Pod } from './pod-types.ts'

/** Istio makes the sidecar an init container (native) where the kubelet is 1.33 or newer, else an ordinary container. */
export type NodeOptions = { readonly name: string; readonly kubelet: string }

export const USUAL_NODES: readonly NodeOptions[] = [
  { name: 'node-1', kubelet: 'v1.34.4' },
  { name: 'node-2', kubelet: 'v1.34.4' },
]

/** Writes the Node objects, ready and large enough for anything. */
export async function writeNodes(api: KubeApi, nodes: readonly NodeOptions[], address: string): Promise<void> {
  await Promise.all(nodes.map((node) => writeNode(api, node, address)))
}

/** Changes a node's kubelet version, or adds the node. */
export async function writeNode(api: KubeApi, node: NodeOptions, address: string): Promise<void> {
  const labels = { 'kubernetes.io/hostname': node.name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' }
  const object = { apiVersion: 'v1', kind: 'Node', metadata: { name: node.name, labels } }
  await api.ask('POST', '/api/v1/nodes', object)
  await api.need('PATCH', `/api/v1/nodes/${node.name}`, { spec: { taints: null } }, MERGE_PATCH)
  await api.need('PATCH', `/api/v1/nodes/${node.name}/status`, { status: statusOf(node, address) }, MERGE_PATCH)
}

/** The node of a pod: the one it asks for by affinity (DaemonSets) or selector, else in turn. */
export function nodeFor(pod: Pod, nodes: readonly NodeOptions[], turn: number): string {
  const selected = byAffinity(pod) ?? pod.spec.nodeSelector?.['kubernetes.io/hostname']
  return selected ?? nodes[turn % nodes.length]?.name ?? ''
}

function byAffinity(pod: Pod): string | undefined {
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const fields = required?.nodeSelectorTerms.flatMap(({ matchFields = [] }) => matchFields) ?? []
  return fields.find(({ key }) => key === 'metadata.name')?.values[0]
}

function statusOf(node: NodeOptions, address: string): object {
  const now = new Date().toISOString()
  const size = { cpu: '400', memory: '4000Gi', pods: '200000' }
  const unknown = [
    'machineID',
    'systemUUID',
    'bootID',
    'kernelVersion',
    'osImage',
    'containerRuntimeVersion',
    'kubeProxyVersion',
  ]
  const info = Object.fromEntries(unknown.map((name) => [name, '']))
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  }
  return {
    capacity: size,
    allocatable: size,
    conditions: [ready],
    nodeInfo: { ...info, kubeletVersion: node.kubelet, operatingSystem: 'linux', architecture: 'amd64' },
    addresses: [{ type: 'InternalIP', address }],
  }
}
