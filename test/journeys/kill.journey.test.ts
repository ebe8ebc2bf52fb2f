import { expect, test } from '@jest/globals'
import { install, rollBack, startSwitch } from '../support/acts.ts'
import { said } from '../support/people.ts'
import { newWorkerCrew } from '../support/worker-crew.ts'
import { atEachBoundary } from './record-boundaries.ts'
import { aStage } from './stage.ts'
import { ownWrites, repeated } from './writes.ts'

const RECORD_KEYS = ['one-record-key-for-tests']

test('kill -9 of the leading worker at every boundary of the journal, forward and back: it ends right, no write is made twice', async () => {
  const crew = newWorkerCrew()
  const { kube, rig, tenants } = await aStage({ rig: { startWorker: crew.start, recordKeys: RECORD_KEYS } })
  const boundaries: string[] = []
  atEachBoundary(kube, (boundary) => {
    boundaries.push(boundary)
    crew.killLeader()
  })
  const pods = tenants.pods()
  await install(rig)
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  expect(await tenants.now('shop')).toBe('1-31-0')
  expect(await tenants.now('pay')).toBe('1-31-0')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  expect(repeated(ownWrites(kube))).toEqual([])

  const forward = ownWrites(kube).length
  await rollBack(rig)
  expect(await tenants.now('shop')).toBe('default')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0', 'default'])
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  expect(repeated(ownWrites(kube).slice(forward))).toEqual([])
  expect(tenants.pods()).toEqual(pods)
  expect(crew.kills()).toBe(boundaries.length)
}, 600_000)
