import { afterAll, expect, test } from '@jest/globals'
import { answers } from '../../support/answers.ts'
import { said } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import { startMesh, type Mesh } from '../harness/mesh.ts'
import { probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { sidecarOf } from '../harness/sidecar.ts'
import type { Pod } from '../harness/pod-types.ts'
import { aCalendar } from './calendar.ts'
import { install, rollBack, stageFor, startSwitch } from './stage.ts'
import { tagged } from './tagged.ts'
import { digests, heard, HOUR_MS, TEAMS, untilNoon } from './teams.ts'

/** Fewer on each than elsewhere: there are two of everything. */
const ALL = tenants('default').filter(({ namespace }) => ['payments', 'orders'].includes(namespace))
const { calendar, passTime } = aCalendar()
let second: Mesh | undefined
afterAll(() => second?.stop())

const prepare = tagged(ALL)

const stage = stageFor({
  prepare,
  classes: probeClasses(ALL),
  rig: async () => {
    second = await startMesh()
    await prepare(second)
    const channel = { id: 'C0PRODB', name: 'prod-b' }
    const istioctl = await second.istioctlConfig()
    return { calendar, ...TEAMS, others: [{ cluster: 'prod-b', kubeconfig: second.kubeconfig, istioctl, channel }] }
  },
})

/** What a new pod of payments gets on the second cluster, by its API server's own answer. */
async function onSecond(): Promise<string | undefined> {
  const answer = await second?.dryRunPod('payments')
  return sidecarOf(answer?.body as Pod)?.revision
}

test('7. two clusters, one Redis, one bot: side by side, each names its own; one worker gone leaves the other alone', async () => {
  const { mesh, rig, during } = stage()
  const b = rig.of('prod-b')
  const uids = await mesh.uids(TENANTS_SELECTOR)
  passTime(untilNoon(Date.now()))
  const forward = await during(async () => {
    await Promise.all([install(rig), install(b)])
    expect(await onSecond()).toBe('default')
    await Promise.all([startSwitch(rig), startSwitch(b)])
    await Promise.all([said(rig, 'Done: switch'), said(b, 'Done: switch')])
  })
  expect(forward.faults).toEqual([])
  expect(forward.revisions['payments/api']).toEqual(['default', '1-31-0'])
  expect(await onSecond()).toBe('1-31-0')
  await answers(rig, 'status', /prod-a[\s\S]*0 of 9[\s\S]*prod-b[\s\S]*0 of 9/)

  await until(() => heard(rig, 'payments').length === 2)
  expect(heard(rig, 'payments').join('\n')).toMatch(/prod-a[\s\S]*prod-b|prod-b[\s\S]*prod-a/)
  passTime(9 * HOUR_MS + 60_000)
  await until(() => digests(rig).length === 1 && digests(b).length === 1)
  expect(digests(rig)[0]).not.toContain('prod-b')
  expect(digests(b)[0]).not.toContain('prod-a')

  await b.worker().stop()
  const back = await during(async () => {
    await rollBack(rig)
    await said(rig, 'Returned: ')
  })
  expect(back.faults).toEqual([])
  expect(back.revisions['payments/api']).toEqual(['1-31-0', 'default'])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
  expect(await onSecond()).toBe('1-31-0')
  expect(Object.values((await second?.uids(TENANTS_SELECTOR)) ?? {})).toHaveLength(9)
}, 400_000)
