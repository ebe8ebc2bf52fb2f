import { readFileSync } from 'node:fs'
import { count } from '../../src/census/count.ts'
import { redeploysBy } from '../../src/census/redeploy.ts'
import { newCluster } from '../../src/cluster/cluster.ts'
import { openKubeConfig } from '../../src/cluster/kube-config.ts'
import { newKubeHttp } from '../../src/cluster/kube-http.ts'
import { WORKER_TIMES } from '../../src/compose/worker-times.ts'
import { openSight } from '../../src/flows/census-sight.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { newLog } from '../../src/kernel/log.ts'
import { sleep } from '../../src/kernel/retry.ts'
import type { Namespace } from '../../src/istio/objects.ts'
import { meshOf } from '../support/istio-builders.ts'

/**
 * `node test/bench/census-reader.ts`, with KUBECONFIG: counts every pod once as a worker does at its first look, and prints
 * how many there are on the old sidecar and what that took of this process at most, in MB.
 */
const MIGRATION = { from: ['default'], to: '1-31-0' }
const lost = new AbortController()
const clocks = { calendar: systemClock, machine: systemClock }
const log = newLog('error', 'bench')
const http = newKubeHttp(openKubeConfig({}, process.env))
const cluster = newCluster({ http, istioNamespace: 'istio-system', clock: systemClock, log })
const settings = { teamLabel: 'team', times: WORKER_TIMES }
const sight = openSight({ cluster, clocks, lost: lost.signal, settings })
const namespaces = (await cluster.list('v1', 'Namespace', { metadataOnly: true })) as readonly Namespace[]
let look = await sight.now()
while (!look) {
  await sleep(5)
  look = await sight.now()
}
const { pods, teams } = count({ ...look.seen, namespaces, redeploys: redeploysBy(meshOf([]), MIGRATION) }, MIGRATION)
const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
console.log(JSON.stringify({ pods, teams: teams.length, peakMb: Number(peak) / 1024 }))
process.exit(0)
