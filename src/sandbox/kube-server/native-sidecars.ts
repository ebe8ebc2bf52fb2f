import { textAt } from './kube-object.ts'
import { builtInKinds } from './resource-kinds.ts'
import type { Store } from './store.ts'

const NODE = builtInKinds.find((kind) => kind.kind === 'Node')

/** Whether every Node's kubelet is 1.33 or newer: Istio's rule since 1.27. False without nodes. */
export function nativeSidecarsByKubelet(store: Store): boolean {
  const nodes = NODE ? store.list(NODE, '') : []
  const minors = nodes.map((node) => {
    const version = textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? ''
    return Number(/^v1\.(\d+)/.exec(version)?.[1] ?? 0)
  })
  return minors.length > 0 && minors.every((minor) => minor >= 33)
}
