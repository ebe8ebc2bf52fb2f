import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { sleep } from '../../kernel/retry.ts'
import type { SandboxCalendar } from '../clock/calendar.ts'
import { newCalendar } from '../clock/calendar.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, stringsAt, textAt, valueAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { startKubeServer } from '../kube-server/server.ts'
import { startDueTimer } from './due.ts'
import { cordon, drainRound } from './drain.ts'
import type { Life } from './life.ts'
import { startLife } from './life.ts'
import { mend } from './mend.ts'
import { planWorld } from './plan-world.ts'
import { nextAct } from './rhythm.ts'
import { seedWorld } from './seed-world.ts'

/** A Monday, 9:00 in Berlin. */
const START = Date.parse('2026-11-30T08:00:00Z')
const DAY_MS = 86_400_000
const RESTARTED = 'kubectl.kubernetes.io/restartedAt'
const plan = { ...planWorld(7, { teams: 24, pods: 500 }), drainEveryDays: null }
let kube: KubeServer
let calendar: SandboxCalendar
let life: Life | undefined

beforeEach(async () => {
  calendar = newCalendar(START, () => performance.now())
  kube = await startKubeServer({ now: () => calendar.now() })
  seedWorld(kube, plan, { version: '1.30.0', prodStable: 'default' })
})
afterEach(async () => {
  life?.stop()
  await kube.close()
})

const get = (namespace: string, name: string, kind = 'Deployment'): KubeObject => {
  const found = kube.get('apps/v1', kind, name, namespace)
  if (!found) throw new Error(`no ${kind} ${namespace}/${name}`)
  return found
}
const annotationsOf = (object: KubeObject) => stringsAt(object, 'spec', 'template', 'metadata', 'annotations')
const imageOf = (object: KubeObject) => textAt(listAt(object, 'spec', 'template', 'spec', 'containers')[0], 'image')

/** Workloads whose templates are no longer as they were seeded. */
const deployed = (): string[] =>
  ['Deployment', 'StatefulSet', 'DaemonSet']
    .flatMap((kind) => kube.list('apps/v1', kind))
    .filter((one) => annotationsOf(one)[RESTARTED] !== undefined || imageOf(one)?.endsWith(':1.1.0'))
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    .toSorted()

async function until(hour: number, speed: number): Promise<void> {
  calendar.setSpeed(speed)
  while (calendar.now() < START + hour * 3_600_000) await sleep(5)
  calendar.setSpeed(0)
  await sleep(30)
}

test.each([50_000, 1_000_000])('who is due within a day has deployed, and nobody else, at speed %i', async (speed) => {
  life = startLife(kube, plan, calendar, () => 0.9)
  await until(24, speed)
  const now = calendar.now()
  const due = plan.workloads.filter((one) => {
    const at = ['Deployment', 'StatefulSet', 'DaemonSet'].includes(one.kind) ? nextAct(one, START) : null
    return at !== null && at <= now
  })
  expect(due.length).toBeGreaterThan(20)
  for (let look = 0; look < 500 && deployed().length < due.length; look += 1) await sleep(10)
  await sleep(50)
  expect(deployed()).toEqual(due.map(({ namespace, name }) => `${namespace}/${name}`).toSorted())
})

test('nothing happens while the calendar stands still, or after the end', async () => {
  life = startLife(kube, plan, calendar, () => 0.9)
  calendar.setSpeed(0)
  await sleep(50)
  expect(deployed()).toEqual([])
  life.stop()
  await until(48, 1_000_000)
  expect(deployed()).toEqual([])
})

test('a team deploys on demand, under its own name; bare pods and jobs are nothing to deploy', () => {
  life = startLife(kube, plan, calendar, () => 0.1)
  const count = life.redeployTeam('payments')
  expect(count).toBeGreaterThan(4)
  const api = get('payments', 'payments-api')
  expect(annotationsOf(api)[RESTARTED]).toMatch(/^2026-11-30T08:00:\d\dZ$/)
  const writers = api.metadata.managedFields?.filter((entry) => JSON.stringify(entry.fieldsV1).includes(RESTARTED))
  expect(writers?.map(({ manager }) => manager)).toEqual(['team-payments'])
  expect(deployed().every((key) => key.startsWith('payments'))).toBe(true)
  expect(deployed()).toHaveLength(count)
  expect(() => life?.redeployTeam('nobody')).toThrow('no team nobody')
  const all = life.redeployAll()
  const rolled = plan.workloads.filter(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind))
  expect(all).toBe(rolled.length)
  expect(deployed()).toHaveLength(all)
})

test('owners who follow the advice take away what keeps the old sidecar', async () => {
  life = startLife(kube, plan, calendar, () => 0.1)
  expect(annotationsOf(get('catalog', 'catalog-legacy'))).toHaveProperty(['sidecar.istio.io/proxyImage'])
  await life.mendStragglers('catalog')
  expect(annotationsOf(get('catalog', 'catalog-legacy'))).not.toHaveProperty(['sidecar.istio.io/proxyImage'])
  expect(deployed()).toEqual(['catalog/catalog-legacy'])
  const shell = plan.workloads.find(({ kind }) => kind === 'Pod')
  if (!shell) throw new Error('the plan has no bare pod')
  const before = kube.get('v1', 'Pod', shell.name, shell.namespace)
  await mend(kube, shell)
  const after = kube.get('v1', 'Pod', shell.name, shell.namespace)
  expect(after?.metadata.uid).not.toBe(before?.metadata.uid)
  expect(after?.metadata.annotations).toHaveProperty(['sidecar.istio.io/status'])
})

test('a drain closes the node, takes one pod of an owner at a time, and never the last ready one', () => {
  const namespaces = new Set(['checkout'])
  const on = (node: string) =>
    kube.list('v1', 'Pod', 'checkout').filter((pod) => valueAt(pod, 'spec', 'nodeName') === node)
  const before = on('node-1').length
  expect(before).toBeGreaterThan(0)
  cordon(kube, 'node-1', true)
  expect(kube.get('v1', 'Node', 'node-1')?.['spec']).toMatchObject({ unschedulable: true })
  const left = drainRound(kube, 'node-1', namespaces)
  expect(on('node-1')).toHaveLength(left)
  expect(left).toBeLessThan(before)
  for (const pod of kube.list('v1', 'Pod', 'checkout')) {
    if (valueAt(pod, 'spec', 'nodeName') !== 'node-2') kube.remove('v1', 'Pod', pod.metadata.name, 'checkout')
  }
  const lonely = on('node-2').length
  expect(drainRound(kube, 'node-2', namespaces)).toBe(lonely)
  expect(on('node-2')).toHaveLength(lonely)
  cordon(kube, 'node-1', false)
  expect(kube.get('v1', 'Node', 'node-1')?.['spec']).not.toHaveProperty('unschedulable')
})

test('now and then a node is drained, and it is open again at the end', async () => {
  life = startLife(kube, { ...plan, workloads: [], drainEveryDays: 1 }, calendar, () => 0.9)
  const closed = () => kube.list('v1', 'Node').filter((node) => valueAt(node, 'spec', 'unschedulable') === true)
  calendar.setSpeed(10 * DAY_MS)
  for (let look = 0; look < 400 && closed().length === 0; look += 1) await sleep(5)
  calendar.setSpeed(0)
  expect(closed()).toHaveLength(1)
  life.stop()
  expect(closed()).toEqual([])
})

test('a timer that is armed for a year waits for the calendar, whatever speed it has', async () => {
  let due: number | null = START + 365 * DAY_MS
  const acts: number[] = []
  const timer = startDueTimer(
    calendar,
    () => due,
    () => {
      acts.push(calendar.now())
      due = null
    },
  )
  await sleep(20)
  expect(acts).toEqual([])
  calendar.setSpeed(365 * DAY_MS)
  await sleep(60)
  expect(acts).toHaveLength(1)
  expect(acts[0]).toBeGreaterThanOrEqual(START + 365 * DAY_MS)
  timer.stop()
})
