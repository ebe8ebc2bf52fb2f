import { describeCluster } from '../contract/cluster-contract.ts'
import { describeLease } from '../contract/lease-contract.ts'
import { describeRestart } from '../contract/restart-contract.ts'
import { describeStore } from '../contract/store-contract.ts'
import { describeTemplates } from '../contract/templates-contract.ts'
import { describeWire } from '../contract/wire-contract.ts'
import { describeWorkload } from '../contract/workload-contract.ts'
import type { WireServer } from '../contract/wire-stage.ts'
import { startMesh } from './harness/mesh.ts'

/** A real API server with its controllers; `limited` may only read namespaces. */
async function realServer(): Promise<WireServer> {
  const mesh = await startMesh()
  const rules = [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] }]
  const limited = await mesh.kubeconfigFor({ user: 'limited' }, rules)
  return { kubeconfig: mesh.kubeconfig, limited, forget: () => mesh.forgetHistory(), close: mesh.stop }
}

describeCluster('a real API server', realServer)
describeStore('a real API server', realServer)
describeLease('a real API server', realServer)
describeTemplates('a real API server', realServer)
describeRestart('a real API server', realServer)
describeWire('a real API server', realServer)
describeWorkload('a real API server', realServer, true)
