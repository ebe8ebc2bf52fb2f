import { describeCluster } from './cluster-contract.ts'
import { describeLease } from './lease-contract.ts'
import { sandboxServer } from './sandbox-server.ts'
import { describeRestart } from './restart-contract.ts'
import { describeStore } from './store-contract.ts'
import { describeTemplates } from './templates-contract.ts'
import { describeWire } from './wire-contract.ts'
import { describeWorkload } from './workload-contract.ts'

describeCluster('the sandbox', sandboxServer)
describeStore('the sandbox', sandboxServer)
describeLease('the sandbox', sandboxServer)
describeTemplates('the sandbox', sandboxServer)
describeRestart('the sandbox', sandboxServer)
describeWire('the sandbox', sandboxServer)
describeWorkload('the sandbox', sandboxServer, false)
