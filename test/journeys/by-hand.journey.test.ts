import { expect, test } from '@jest/globals'
import { command, install, startInstall, switchOver } from '../support/acts.ts'
import { openCard, said } from '../support/people.ts'
import { atTerminal, atTerminalWith, putRecordKey } from '../support/terminal.ts'
import { aStage, type Stage } from './stage.ts'
import { until } from '../support/until.ts'

async function aStageWithSecret(): Promise<Stage> {
  const stage = await aStage({ rig: { recordKeys: ['a-key-of-the-workers'] } })
  putRecordKey(stage.kube, stage.rig)
  return stage
}

test('Redis and with it the chat are gone: a terminal goes back, past a worker that lives, and it is told afterwards', async () => {
  const { kube, rig, tenants } = await aStageWithSecret()
  await switchOver(rig)
  const comeBack = await rig.redis.goAway()
  const printed = await atTerminal(rig, 'ctl', 'rollback', '--reason', 'payments fail')
  expect(printed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Everything was undone') })
  expect(printed.stdout).toContain('Taking the lead of prod-a')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0', 'default'])
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  await comeBack()
  await said(rig, 'Returned: ')
  const alarm = rig.slack.text(await said(rig, 'Alarm on', 'payments fail'))
  expect(alarm).toContain('<!subteam^S0PLATFORM>')
}, 180_000)

test('no worker lives in the middle of the install: a terminal undoes it', async () => {
  const { kube, rig, istioctl, tenants } = await aStageWithSecret()
  istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 60_000 })
  await startInstall(rig)
  await until(() => kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system'))
  await rig.worker().stop()
  istioctl['1.31.0']?.behave({})
  const printed = await atTerminal(rig, 'ctl', 'rollback', '--reason', 'nobody is there')
  expect(printed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Everything was undone') })
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  expect(tenants.seen('shop')).toEqual(['default'])
}, 180_000)

test('a stop from a terminal lets the step end; Slack is told who and why, and can go on', async () => {
  const { kube, rig, istioctl } = await aStageWithSecret()
  istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 4000 })
  await startInstall(rig)
  await until(() => kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system'))
  const printed = await atTerminal(rig, 'ctl', 'stop', '--reason', 'page at 3 a.m.')
  expect(printed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Stopped:') })
  await said(rig, 'from a terminal', 'page at 3 a.m.')
  const status = await atTerminal(rig, 'ctl', 'status')
  expect(status.stdout).toMatch(/The upgrade was stopped by .+[\s\S]+install\.install/)
  await command(rig, 'U0LEE', 'resume')
  await openCard(rig, 'switch')
  await said(rig, 'Alarm over')
}, 120_000)

test('a terminal needs a reason, a key and a run, and says so', async () => {
  const { kube, rig } = await aStageWithSecret()
  expect(await atTerminal(rig, 'ctl', 'stop', '--reason', 'x')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('No upgrade'),
  })
  await install(rig)
  expect(await atTerminal(rig, 'ctl', 'rollback')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('REASON_MISSING'),
  })
  expect(await atTerminal(rig, 'ctl', 'rolback', '--reason', 'x')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('I do not know the argument “rolback”'),
  })
  expect(await atTerminal(rig, 'ctl', 'stop', 'now', '--reason', 'x')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('I do not know the argument “now”'),
  })
  const message = 'User "lee" cannot update resource "leases" in API group "coordination.k8s.io"'
  const allow = kube.trouble({ kind: 'status', code: 403, message, method: 'PUT', path: /\/leases\// })
  const unled = await atTerminal(rig, 'ctl', 'rollback', '--reason', 'x')
  expect(unled).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('CLUSTER_FORBIDDEN') })
  expect(unled.stderr).toContain('leases')
  allow()
  const inside = (yaml: string): string => yaml.replace(/context: .*/, 'inCluster: true')
  expect(await atTerminalWith(inside, rig, 'ctl', 'status')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('CONTEXT_NEEDED'),
  })
  expect((await atTerminalWith(inside, rig, 'ctl', 'status', '--context', 'sandbox')).exitCode).toBe(0)
  kube.remove('v1', 'Secret', 'meshferry-worker', 'meshferry')
  expect(await atTerminal(rig, 'ctl', 'status')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('RECORD_KEY_UNREADABLE'),
  })
}, 120_000)

test('verify-audit reads the whole chain, and says where it was broken', async () => {
  const { kube, rig } = await aStageWithSecret()
  await install(rig)
  expect(await atTerminal(rig, 'ctl', 'verify-audit')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/The audit chain holds: \d+ lines, head [0-9a-f]{64}/),
  })
  const chunk = kube.get('v1', 'ConfigMap', 'audit-1', 'meshferry')
  const data = chunk?.['data'] as Readonly<Record<string, string>>
  kube.put({
    ...(chunk as typeof chunk & object),
    data: { ...data, content: (data['content'] ?? '').replace('U0MEI', 'U0OUT') },
  })
  expect(await atTerminal(rig, 'ctl', 'verify-audit')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('RECORD_FORGED'),
  })
}, 120_000)
