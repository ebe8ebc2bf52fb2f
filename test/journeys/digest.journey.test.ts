import { expect, test } from '@jest/globals'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import type { WorkerTimes } from '../../src/flows/worker-context.ts'
import { switchOver } from '../support/acts.ts'
import type { Rig, RigOptions } from '../support/rig.ts'
import { answers } from '../support/answers.ts'
import { NEW, OLD, redeploy } from './redeploy.ts'
import { aStage, type Stage } from './stage.ts'
import { until } from '../support/until.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The stage's calendar stands at noon of a day, so that 21:00 is nine hours away. */
async function atNoon(times: Partial<WorkerTimes> = {}, rig: Partial<RigOptions> = {}): Promise<Stage> {
  const stage = await aStage({
    rig: { times, ...rig },
    prepare: (kube) => {
      seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable', team: 'payments' } })
      seedWorkload(kube, { namespace: 'pay', name: 'api', replicas: 3, inject: OLD })
      seedWorkload(kube, { namespace: 'shop', name: 'cart', labels: { team: 'shop' }, inject: OLD })
    },
  })
  stage.passTime(DAY_MS + 12 * HOUR_MS - (Date.now() % DAY_MS))
  return stage
}

function digests(rig: Rig): readonly string[] {
  return rig.slack
    .messages(rig.channel)
    .map((message) => rig.slack.text(message))
    .filter((text) => text.startsWith('## 🌙'))
}

/** Long enough for a worker to look a few times. */
async function someLooks(rig: Rig): Promise<readonly string[]> {
  await new Promise((resolve) => setTimeout(resolve, 2500))
  return digests(rig)
}

function waits(rig: Rig): readonly string[] {
  return rig.slack
    .messages(rig.channel)
    .map((message) => rig.slack.text(message))
    .filter((text) => /^## ⏳ .*of the pods run/.test(text))
}

test('the long wait is one card, edited as pods move, with a chart of the days, also after a flush and with another worker', async () => {
  const { kube, rig, passTime } = await atNoon()
  await switchOver(rig)
  await until(() => waits(rig).length === 1)
  expect(waits(rig)[0]).toMatch(/prod-a: 0 % of the pods run Istio 1\.31\.0[\s\S]*Before default may go: 9 pods/)
  redeploy(kube, 'pay', 'api', NEW)
  await answers(rig, 'status', /\*3 of 9\*/)
  passTime(DAY_MS)
  await until(() => /33 %/.test(waits(rig)[0] ?? ''))
  await someLooks(rig)
  await rig.redis.flush()
  await rig.worker().stop()
  await rig.addWorker()
  redeploy(kube, 'pay', 'web', NEW)
  redeploy(kube, 'shop', 'cart', NEW)
  redeploy(kube, 'shop', 'web', NEW)
  await answers(rig, 'status', /\*9 of 9\*/)
  passTime(DAY_MS)
  await until(() => /100 % of the pods/.test(waits(rig)[0] ?? ''))
  expect(waits(rig)).toHaveLength(1)
  expect(waits(rig)[0]).toMatch(
    /\(chart: Pods by sidecar\)\n {2}Istio 1\.31\.0: .* 9\n {2}Istio 1\.30\.0 \(old\): .* 0\n/,
  )
}, 120_000)

test('three nights: what moved is told, nothing new is not, and nobody is mentioned', async () => {
  const stage = await atNoon()
  const { kube, rig, passTime } = stage
  await switchOver(rig)
  expect(await someLooks(rig)).toEqual([])
  passTime(9 * HOUR_MS + 60_000)
  await until(() => digests(rig).length === 1)
  const [first = ''] = digests(rig)
  expect(first).toMatch(/prod-a: 0 % of the pods are on Istio 1\.31\.0/)
  expect(first).toMatch(/\*payments\* {3}pods 5[\s\S]*Deployment pay\/api: 3 of 3 pods[\s\S]*\*shop\*/)
  expect(first).toMatch(/no team named[\s\S]*Deployment shop\/web/)
  expect(first).not.toMatch(/<@|<!(?!date)/)
  expect(first).not.toContain('comes late')
  passTime(DAY_MS)
  expect(await someLooks(rig)).toHaveLength(1)
  redeploy(kube, 'pay', 'api', NEW)
  await answers(rig, 'status', /\*3 of 9\*/)
  passTime(DAY_MS)
  await until(() => digests(rig).length === 2)
  expect(digests(rig)[1]).toMatch(/33 % of the pods[\s\S]*Since \d{4}-\d\d-\d\d: 3 pods moved/)
}, 120_000)

test('a worker away for two nights, a flush and another worker: one digest, late, and it says so', async () => {
  const stage = await atNoon()
  const { rig, passTime } = stage
  await switchOver(rig)
  await someLooks(rig)
  await rig.worker().stop()
  passTime(DAY_MS + 21 * HOUR_MS)
  await rig.redis.flush()
  await rig.addWorker()
  await until(() => digests(rig).length === 1)
  expect(digests(rig)[0]).toContain('It comes late, because no worker was there at its time')
  await rig.redis.flush()
  expect(await someLooks(rig)).toHaveLength(1)
  await rig.worker().stop()
  await rig.addWorker()
  expect(await someLooks(rig)).toHaveLength(1)
}, 120_000)

test('nobody is told a count that has grown old: the digest waits until pods can be counted again', async () => {
  const stage = await atNoon({ staleAfter: 6000 })
  const { kube, rig, passTime } = stage
  await switchOver(rig)
  await answers(rig, 'status', /\*0 of 9\*/)
  const lift = kube.trouble({ kind: 'status', code: 503, method: 'GET', path: /\/replicasets\?/ })
  await new Promise((resolve) => setTimeout(resolve, 7000))
  redeploy(kube, 'pay', 'api', NEW)
  passTime(9 * HOUR_MS + 60_000)
  expect(await someLooks(rig)).toEqual([])
  lift()
  await until(() => digests(rig).length === 1)
  expect(digests(rig)[0]).toMatch(/33 % of the pods/)
}, 120_000)

test('a deadline is told ahead and behind, in digest, status and the card of the wait; another file moves it; nothing is done at it', async () => {
  const { kube, rig, passTime } = await atNoon({}, { settings: { deadlineMs: 3 * DAY_MS } })
  await switchOver(rig)
  await until(() => /3 days to the deadline, \d{4}-\d\d-\d\d\./.test(waits(rig)[0] ?? ''))
  await answers(rig, 'status', /3 days to the deadline/)
  await answers(rig, 'status', /距截止日 \d{4}-\d\d-\d\d 还有 3 天/, 'U0MEI')
  passTime(9 * HOUR_MS + 60_000)
  await until(() => digests(rig).length === 1)
  expect(digests(rig)[0]).toMatch(/Each changes at its own next redeploy\.\n3 days to the deadline/)

  redeploy(kube, 'pay', 'api', NEW)
  await answers(rig, 'status', /\*3 of 9\*/)
  passTime(5 * DAY_MS)
  await until(() => digests(rig).length === 2)
  expect(digests(rig)[1]).toContain('The deadline was 2 days ago')
  await until(() => /The deadline was 2 days ago/.test(waits(rig)[0] ?? ''))

  await rig.worker().stop()
  await rig.addWorker({ settings: { ...rig.parts.settings, deadlineMs: 14 * DAY_MS } })
  await answers(rig, 'status', /9 days to the deadline/)
  for (const name of ['web', 'api']) redeploy(kube, 'pay', name, NEW)
  for (const name of ['web', 'cart']) redeploy(kube, 'shop', name, NEW)
  await answers(rig, 'status', /\*9 of 9\*/)
  expect(await answers(rig, 'status', /\*9 of 9\*/)).not.toContain('deadline')
}, 180_000)
