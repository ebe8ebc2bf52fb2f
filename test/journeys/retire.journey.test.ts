import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { evidence } from '../../src/wire/evidence.ts'
import { command } from '../support/acts.ts'
import { clickCard, said } from '../support/people.ts'
import { answers } from '../support/answers.ts'
import type { Rig } from '../support/rig.ts'
import { aMigratedStage } from './migrated.ts'
import { approveByName, DAY_MS, refusedName, rehearse, startRetire } from '../support/retire-acts.ts'
import { OLD, redeploy } from './redeploy.ts'
import { runOf } from './record-boundaries.ts'
import { atTerminal, putRecordKey } from '../support/terminal.ts'
import { until } from '../support/until.ts'

const KINDS: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'ServiceAccount'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['v1', 'ConfigMap'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
]

/** What of Istio is there with a revision's label, by kind and name; not the reader's account, which istioctl leaves. */
function objectsOf(kube: KubeServer, revision: string): readonly string[] {
  return KINDS.flatMap(([apiVersion, kind]) =>
    kube
      .list(apiVersion, kind)
      .filter(({ metadata }) => metadata.labels?.['istio.io/rev'] === revision)
      .filter(({ metadata }) => metadata.name !== 'istio-reader-service-account')
      .map(({ metadata }) => `${kind} ${metadata.name}`),
  )
}

/** The one message in which the upgrade ends, once it says so. */
async function ended(rig: Rig, words: RegExp): Promise<void> {
  const ends = (): readonly string[] =>
    rig.slack
      .messages(rig.channel)
      .map((message) => rig.slack.text(message))
      .filter((text) => text.includes('*Restarted by us*'))
  await until(() => words.test(ends().at(-1) ?? ''))
  expect(ends()).toHaveLength(1)
}

/** The report in chat says so, and the worker has written the same as files. */
async function reported(rig: Rig, words: RegExp): Promise<void> {
  const answer = await answers(rig, 'report', words)
  const files = [...answer.matchAll(/\S+\.(json|html)/g)].map(([path]) => path)
  expect(files).toHaveLength(2)
  const written = evidence.parse(JSON.parse(readFileSync(files[0] ?? '', 'utf8')))
  expect(written.audit.broken).toBeNull()
  expect(answer).toContain(written.audit.head)
  expect(written.approvals.map(({ phase }) => phase)).toEqual(['install', 'switch', 'rehearse', 'retire'])
}

test('nobody is left: rehearsed, retired by two who type the name, put back by a rollback, and NEW goes when nobody uses it', async () => {
  const { kube, rig, tenants, passTime } = await aMigratedStage()
  const old = objectsOf(kube, 'default')
  expect(old.length).toBeGreaterThan(8)
  const pods = tenants.pods()
  const card = await rehearse(rig)
  expect(await refusedName(rig, card, 'U0MEI', 'prod-b')).toEqual({ typed: '这不是该集群的名称。请输入：prod-a' })
  expect(await approveByName(rig, card, 'U0LEE', 'prod-a')).toContain('SELF_APPROVAL')
  expect(await approveByName(rig, card, 'U0MEI', ' Prod-A')).toContain('1/2')
  expect(await approveByName(rig, card, 'U0SRE', 'prod-a')).toContain('is approved')
  expect(objectsOf(kube, 'default')).toEqual(old)
  await clickCard(rig, card, 'U0LEE', 'approval.start')
  await said(rig, 'Done: retire')
  expect(objectsOf(kube, 'default')).toEqual([])
  await answers(rig, 'status', /can be put back until/)
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  expect(tenants.seen('plain')).toEqual(['none'])
  await reported(rig, /done[\s\S]+new sidecar: \*4\*[\s\S]+written by Meshferry: \*0\*/)
  await ended(
    rig,
    /^## 🏁 prod-a runs Istio 1\.31\.0[^]+\*Pods moved\* : 4\n.*\*Restarted by us\* : 0\n.*\*Clicks\* : [1-9]\d*\n/,
  )

  await command(rig, 'U0MEI', 'rollback')
  await until(async () => (await tenants.now('shop')) === 'default', 20_000)
  await answers(rig, 'status', /Pods on default: \*0 of 4\*/)
  expect(objectsOf(kube, 'default')).toEqual(expect.arrayContaining([...old]))
  expect(objectsOf(kube, '1-31-0').length).toBeGreaterThan(8)
  expect(tenants.pods()).toEqual(pods)
  for (const namespace of ['shop', 'pay']) redeploy(kube, namespace, 'web', OLD)
  await answers(rig, 'status', /Pods on default: \*4 of 4\*/)
  expect(objectsOf(kube, '1-31-0').length).toBeGreaterThan(8)
  passTime(DAY_MS)
  await said(rig, 'Returned: ')
  expect(objectsOf(kube, '1-31-0')).toEqual([])
  await reported(rig, /everything was undone[\s\S]+new sidecar: \*0\*/)
  await ended(rig, /^## 🏁 prod-a: the upgrade to Istio 1\.31\.0 is over[^]+\*Pods moved\* : 0\n/)
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
  expect(tenants.seen('plain')).toEqual(['none'])
}, 180_000)

test('after seven days the way back is over, and another upgrade may be asked for at any time', async () => {
  const { rig, passTime } = await aMigratedStage()
  await startRetire(rig)
  await said(rig, 'Done: retire')
  passTime(6 * DAY_MS)
  await answers(rig, 'status', /can be put back until/)
  await answers(rig, 'stop', /Nothing is running[^]+1\.30\.0 was retired[^]+rollback/)
  passTime(DAY_MS + 60_000)
  expect(await answers(rig, 'status', /No upgrade is running/)).not.toContain('Roll back')
}, 180_000)

test('a terminal writes the evidence at any time; what we wrote to a tenant would be counted', async () => {
  const { kube, rig } = await aMigratedStage({ rig: { recordKeys: ['a-key-of-the-workers'] } })
  putRecordKey(kube, rig)
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-report-'))
  const before = await atTerminal(rig, 'ctl', 'report', '--to', folder)
  expect(before).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The evidence of') })
  const [json = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const written = evidence.parse(JSON.parse(readFileSync(join(folder, json), 'utf8')))
  rmSync(folder, { recursive: true })
  expect([written.state, written.numbers.tenantWorkloadsWritten, written.numbers.podsMoved]).toEqual(['switched', 0, 4])
  const printed = await atTerminal(rig, 'ctl', 'verify-audit')
  expect(printed.stdout).toContain(written.audit.head)

  const web = kube.get('apps/v1', 'Deployment', 'web', 'shop')
  if (!web) throw new Error('there is no tenant')
  kube.put({ ...web, metadata: { ...web.metadata, annotations: { touched: 'yes' } } }, 'meshferry')
  const after = await atTerminal(rig, 'ctl', 'report')
  expect(after.stdout).toContain('tenant workloads written by Meshferry: 1')
  const aFile = rig.parts.settings.operatorFile
  expect((await atTerminal(rig, 'ctl', 'report', '--to', aFile)).stderr).toContain('EVIDENCE_UNWRITABLE')
}, 120_000)

test('a rehearsal is undone by a rollback like all the rest', async () => {
  const { kube, rig, tenants } = await aMigratedStage()
  await rehearse(rig)
  const byHand = kube.get('v1', 'ConfigMap', 'undo', 'meshferry')?.['data'] as object
  expect(Object.keys(byHand).sort()).toEqual(['undo-install.sh', 'undo-rehearse.sh', 'undo-switch.sh'])
  await command(rig, 'U0MEI', 'rollback')
  await until(async () => (await tenants.now('shop')) === 'default', 20_000)
  expect(runOf(kube).steps.filter(({ id }) => id.startsWith('rehearse.'))).toMatchObject([
    { acted: false },
    { acted: false },
  ])
}, 120_000)
