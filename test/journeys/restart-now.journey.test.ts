import { expect, test } from '@jest/globals'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { until } from '../support/until.ts'
import { anOwnersStage, dialogOf, reminder, rolledOut, sendDialog, tenantWrites } from './owners.ts'
import { OLD } from './redeploy.ts'

const ITS_OWN =
  'argocd app actions run store restart --group apps --kind Deployment --namespace shop --resource-name kept'

test('an owner restarts one workload by one write; nobody else may, nothing else is touched, and the evidence tells it apart', async () => {
  const { kube, rig, tenants } = await anOwnersStage()
  seedWorkload(kube, {
    namespace: 'shop',
    name: 'kept',
    inject: OLD,
    annotations: { 'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:shop/kept' },
  })
  kube.put({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'api', namespace: 'pay' },
    spec: { minAvailable: 3, selector: { matchLabels: { app: 'api' } } },
    status: { disruptionsAllowed: 0 },
  })
  const pay = await reminder(rig, 'C0PAY')
  expect(rig.slack.text(pay)).toMatch(/\[Restart now…\][\s\S]*\[Pick a time…\]/)
  const pods = tenants.pods()

  // Whoever is not of the team is told whom to ask: a stranger, and a member of another team.
  for (const user of ['U0OUT', 'U0LEE']) {
    const said = await dialogOf(rig, { card: pay, user, choose: 'pay/api', says: /Only somebody of payments/ })
    expect(said).toMatch(/Ask Mei/)
    expect(said).not.toContain('"submit":{')
    await rig.slack.closeModal({ user })
  }

  // Sam is of the team by its group. What is shown is what there is.
  const shown = await dialogOf(rig, { card: pay, user: 'U0SRE', choose: 'pay/api', says: /"submit":\{/ })
  expect(shown).toMatch(/3 pods, 3 ready now/)
  expect(shown).toMatch(/0 may be missing now/)
  expect(tenantWrites(kube)).toEqual([])
  expect(await sendDialog(rig, 'U0SRE')).toMatch(/Deployment api in pay is being restarted, and nothing else/)
  await until(() => tenantWrites(kube).length === 1)

  // Mei's dialog comes too late.
  await dialogOf(rig, { card: pay, user: 'U0MEI', choose: 'pay/api', says: /已在重启/ })
  await rig.slack.closeModal({ user: 'U0MEI' })
  rolledOut(kube, 'pay', 'api')
  const card = await rig.slack.waitFor(
    () => rig.slack.messages('C0PAY').find((one) => /api was restarted and is healthy/.test(rig.slack.text(one))),
    30_000,
  )
  expect(rig.slack.text(card)).toMatch(/3 of 3 new, 3 available[\s\S]*Asked for by Sam/)
  const [write, ...more] = tenantWrites(kube)
  expect(more).toEqual([])
  expect(write?.url).toBe('/apis/apps/v1/namespaces/pay/deployments/api?fieldManager=meshferry-owner')
  expect(JSON.parse(write?.body ?? '')).toMatchObject([
    { op: 'test', path: '/metadata/uid' },
    { op: 'test', path: '/metadata/resourceVersion' },
    { op: 'add', path: '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt' },
  ])

  // What Argo CD keeps is restarted in its way, and not from here.
  const shop = await reminder(rig, 'C0SHOP')
  expect(rig.slack.text(shop)).toContain(ITS_OWN)
  expect(rig.slack.text(shop)).not.toMatch(/rollout restart deployment\/kept/)
  const how = await dialogOf(rig, { card: shop, user: 'U0OUT', choose: 'shop/kept', says: /Argo CD keeps/ })
  expect(how).toContain(ITS_OWN)
  expect(how).not.toContain('"submit":{')
  expect(tenantWrites(kube)).toHaveLength(1)
  expect(tenants.pods()).toEqual(pods)

  // By the API server's own notes: none of our other writes is on a tenant's workload.
  const writers = kube
    .list('apps/v1', 'Deployment')
    .filter(({ metadata }) => ['pay', 'shop'].includes(metadata.namespace ?? ''))
    .flatMap(({ metadata }) => (metadata.managedFields ?? []).map(({ manager }) => `${metadata.name} ${manager}`))
  expect(writers.filter((one) => one.includes('meshferry'))).toEqual(['api meshferry-owner'])
  const audit = JSON.stringify(
    kube.list('v1', 'ConfigMap', 'meshferry').filter(({ metadata }) => metadata.name.startsWith('audit-')),
  )
  for (const code of ['RESTART_ASKED', 'RESTART_WRITTEN', 'RESTART_DONE']) expect(audit).toContain(code)
}, 120_000)
