import { expect, test } from '@jest/globals'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedTag } from '../../src/sandbox/kube-server/seed/seed-istio.ts'
import { install, startSwitch, switchOver } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import { recordOf } from './attackers.ts'
import { aStage, type Stage } from './stage.ts'
import { until } from '../support/until.ts'

function openAlarms(stage: Stage): readonly string[] {
  return recordOf(stage).run.alarms.flatMap(({ what, endedAt }) => (endedAt ? [] : [what.code]))
}

test.each([
  ['the API server answers no dry-run', { kind: 'status', code: 503, method: 'POST', path: /\/pods\?.*dryRun/ }],
  ['the webhooks may not be read', { kind: 'status', code: 403, path: /mutatingwebhookconfigurations/ }],
] as const)(
  '%s after the switch: an alarm says that nothing can be seen, nothing is undone, and it ends',
  async (_, trouble) => {
    const stage = await aStage()
    const { kube, rig, tenants } = stage
    await switchOver(rig)
    const lift = kube.trouble(trouble)
    const alarm = await said(rig, 'Alarm on', 'What new pods get cannot be seen at the moment')
    expect(rig.slack.text(alarm)).toContain('<@U0SRE>')
    expect(openAlarms(stage)).toEqual(['ALARM_BLIND'])
    lift()
    await said(rig, 'Alarm over', 'What new pods get cannot be seen at the moment')
    expect(tenants.seen('shop').filter((seen) => !seen.startsWith('refused'))).not.toContain('none')
    expect(await tenants.now('shop')).toBe('1-31-0')
    expect(recordOf(stage).run.state).toBe('switched')
  },
  120_000,
)

test('a quota that lasts before the switch is an alarm of its own, no gap; while it lasts nothing starts', async () => {
  const stage = await aStage()
  const { kube, rig, tenants } = stage
  await install(rig)
  const lift = kube.denyPods({ namespace: 'pay', kind: 'exceededQuota', quota: 'compute' })
  const alarm = rig.slack.text(await said(rig, 'Alarm on', 'A quota (compute) refuses the probe pod'))
  expect(alarm).toContain('cannot be proven at the moment')
  expect(alarm).not.toContain('do not get their sidecar')
  const card = await openCard(rig, 'switch')
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('ALARM_OPEN')
  lift()
  await until(() => openAlarms(stage).length === 0)
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  expect(await tenants.now('pay')).toBe('1-31-0')
}, 120_000)

test('namespaces that come after the switch: a label that nobody serves and one that leads to OLD are told, the rest is proven', async () => {
  const stage = await aStage()
  const { kube, rig } = stage
  await switchOver(rig)
  seedNamespace(kube, { name: 'fine', labels: { 'istio-injection': 'enabled' } })
  seedNamespace(kube, { name: 'early', labels: { 'istio.io/rev': '1-31-0' } })
  seedNamespace(kube, { name: 'typo', labels: { 'istio.io/rev': 'prod-stabel' } })
  await said(rig, 'Alarm on', 'revision:prod-stabel', 'typo', 'do not get their sidecar')
  expect(openAlarms(stage)).toEqual(['ALARM_UNSERVED'])
  seedNamespace(kube, { name: 'typo', labels: { 'istio.io/rev': 'prod-stable' } })
  await until(() => openAlarms(stage).length === 0)
  seedTag(kube, 'blue', 'default')
  seedNamespace(kube, { name: 'sea', labels: { 'istio.io/rev': 'blue' } })
  await said(rig, 'Alarm on', 'tag:blue', 'sea', 'get default, and this upgrade does not move them')
  expect(openAlarms(stage)).toContain('ALARM_UNPLANNED')
}, 120_000)
