import { expect, test } from '@jest/globals'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import type { CensusDay } from '../../src/wire/census.ts'
import { command, switchOver } from '../support/acts.ts'
import { answers, asked } from '../support/answers.ts'
import { NEW, OLD, redeploy } from './redeploy.ts'
import { aStage, type Stage } from './stage.ts'
import { until } from '../support/until.ts'

const DAY_MS = 86_400_000

/** Payments have a Deployment of three and a StatefulSet on OnDelete, the shop one of two; `lost` belongs to nobody. */
function aStageWithTeams(): Promise<Stage> {
  return aStage({
    prepare: (kube) => {
      seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable', team: 'payments' } })
      seedNamespace(kube, { name: 'lost', labels: { 'istio-injection': 'enabled' } })
      seedWorkload(kube, { namespace: 'pay', name: 'api', replicas: 3, inject: OLD })
      seedWorkload(kube, { namespace: 'shop', name: 'cart', labels: { team: 'shop' }, inject: OLD })
      seedWorkload(kube, { namespace: 'lost', name: 'thing', replicas: 1, inject: OLD })
      seedWorkload(kube, { namespace: 'lost', name: 'plain', replicas: 4 })
    },
  })
}

function savedDays(kube: KubeServer): readonly CensusDay[] {
  const map = kube.get('v1', 'ConfigMap', `census-${new Date().getUTCFullYear()}`, 'meshferry')
  const { content = '[]' } = (map?.['data'] ?? {}) as Readonly<Record<string, string>>
  return JSON.parse(content) as readonly CensusDay[]
}

test('after the switch every pod is counted, by team and workload, and redeploys are followed', async () => {
  const { kube, rig } = await aStageWithTeams()
  expect(await asked(rig, 'stragglers')).toContain('no pods are migrating')
  await switchOver(rig)
  await answers(rig, 'status', /Pods on 1-31-0: \*0 of 10\* \(0 %\), 10 still on the old sidecar/)
  await answers(rig, 'status', /Proxies that the istiods of default have connected: 10 /)
  const all = await asked(rig, 'stragglers')
  expect(all).toMatch(/payments.*pods 5.*workloads 2[\s\S]*shop.*pods 2[\s\S]*no team named/)
  expect(all).toMatch(/Deployment pay\/api: 3 of 3 pods[\s\S]*It was not redeployed since the switch/)
  redeploy(kube, 'pay', 'api', NEW)
  await answers(rig, 'status', /\*3 of 10\* \(30 %\), 7 still/)
  await answers(rig, 'status', /istiods of default have connected: 7 /)
  expect(await asked(rig, 'stragglers payments')).toMatch(/pods on an old sidecar: 2, in workloads: 1/)
  expect(await asked(rig, 'stragglers paymets')).toContain('stragglers payments')
  expect(await asked(rig, '未迁移 shop', 'U0MEI')).toMatch(/仍在使用旧 sidecar 的 Pod：2/)
}, 120_000)

test('the count outlives a flush, a worker and a broken watch; a new day is compared with the one before', async () => {
  const { kube, rig, passTime } = await aStageWithTeams()
  await switchOver(rig)
  await answers(rig, 'status', /10 still on the old sidecar/)
  await until(() => savedDays(kube).length === 1)
  kube.endWatches(/\/pods/, 'break')
  redeploy(kube, 'shop', 'cart', NEW)
  await answers(rig, 'status', /8 still on the old sidecar/)
  kube.forgetHistory()
  kube.endWatches(/\/pods/, 'break')
  redeploy(kube, 'lost', 'thing', NEW)
  await answers(rig, 'status', /7 still on the old sidecar/)
  await rig.redis.flush()
  await answers(rig, 'status', /7 still on the old sidecar/)
  await answers(rig, 'stragglers', /pods on an old sidecar: 7/)
  // The day's row is written a little after it is shown.
  await until(() => savedDays(kube).at(-1)?.pods.old === 7)
  passTime(DAY_MS)
  await answers(rig, 'status', /Since \d{4}-\d\d-\d\d: as many on the old sidecar/)
  await rig.worker().stop()
  await rig.addWorker()
  redeploy(kube, 'pay', 'api', NEW)
  await answers(rig, 'status', /Since \d{4}-\d\d-\d\d: 3 pods moved/)
  await until(() => savedDays(kube).at(-1)?.pods.old === 4)
  expect(savedDays(kube).map(({ pods }) => pods.old)).toEqual([7, 4])
}, 120_000)

test('an istiod that cannot be asked makes the second source unknown, never a zero', async () => {
  const { kube, rig } = await aStageWithTeams()
  await switchOver(rig)
  await answers(rig, 'status', /istiods of default have connected: 10 /)
  const lift = kube.trouble({ kind: 'status', code: 503, method: 'GET', path: /\/proxy\/metrics/ })
  await answers(rig, 'status', /How many proxies default still has connected is not known/)
  lift()
  expect(await answers(rig, 'status', /istiods of default have connected: 10 /)).not.toContain('not known')
}, 120_000)

test('on the way back, with pods that have moved, the count runs the other way round', async () => {
  const { kube, rig } = await aStageWithTeams()
  await switchOver(rig)
  redeploy(kube, 'pay', 'api', NEW)
  await answers(rig, 'status', /\*3 of 10\*/)
  await command(rig, 'U0MEI', 'rollback')
  await answers(rig, 'status', /Pods on default: \*7 of 10\* \(70 %\), 3 still on the old sidecar/)
  expect(await asked(rig, 'stragglers')).toContain('Deployment pay/api: 3 of 3 pods')
}, 120_000)
