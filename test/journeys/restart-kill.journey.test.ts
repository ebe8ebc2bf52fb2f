import { expect, test } from '@jest/globals'
import { newWorkerCrew } from '../support/worker-crew.ts'
import { until } from '../support/until.ts'
import { anOwnersStage, dialogOf, reminder, rolledOut, sendDialog, tenantWrites } from './owners.ts'

test('kill -9 between the record and the write, and again right after the write: it is restarted once, and followed to its end', async () => {
  const crew = newWorkerCrew()
  const { kube, rig } = await anOwnersStage({
    recordKeys: ['one-record-key-for-tests'],
    startWorker: crew.start,
  })
  const killedAt: string[] = []
  const strike = (at: string): void => {
    if (!killedAt.includes(at) && crew.killLeader()) killedAt.push(at)
  }
  kube.listen(({ object: { kind, metadata } }) => {
    if (kind === 'ConfigMap' && metadata.name === 'restarts') strike('recorded')
    const isWritten = metadata.managedFields?.some(({ manager }) => manager === 'meshferry-owner') ?? false
    if (kind === 'Deployment' && isWritten) strike('written')
  })
  const card = await reminder(rig, 'C0PAY')
  await dialogOf(rig, { card, user: 'U0SRE', choose: 'pay/api', says: /"submit":\{/ })
  expect(await sendDialog(rig, 'U0SRE')).toMatch(/is being restarted/)
  await until(() => killedAt.length === 2 && crew.leader(), 120_000)
  expect(killedAt).toEqual(['recorded', 'written'])
  rolledOut(kube, 'pay', 'api')
  await rig.slack.waitFor(
    () => rig.slack.messages('C0PAY').find((one) => /api was restarted and is healthy/.test(rig.slack.text(one))),
    60_000,
  )
  expect(tenantWrites(kube)).toHaveLength(1)
}, 400_000)

test('a write whose answer was lost is not made again', async () => {
  const { kube, rig } = await anOwnersStage()
  const path = /\/deployments\/api\?fieldManager=meshferry-owner/
  kube.trouble({ method: 'PATCH', path, kind: 'lostAnswer', times: 1 })
  const card = await reminder(rig, 'C0PAY')
  await dialogOf(rig, { card, user: 'U0SRE', choose: 'pay/api', says: /"submit":\{/ })
  await sendDialog(rig, 'U0SRE')
  await until(() => kube.get('apps/v1', 'Deployment', 'api', 'pay')?.metadata.generation === 2)
  rolledOut(kube, 'pay', 'api')
  await rig.slack.waitFor(
    () => rig.slack.messages('C0PAY').find((one) => /api was restarted and is healthy/.test(rig.slack.text(one))),
    30_000,
  )
  expect(kube.log.filter(({ method, url }) => method === 'PATCH' && path.test(url))).toHaveLength(1)
}, 120_000)
