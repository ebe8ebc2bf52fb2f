import { expect, test } from '@jest/globals'
import { startTicksOf } from '../../../src/cluster/process-start.ts'
import { openCard } from '../../support/people.ts'
import { newWorkerCrew } from '../../support/worker-crew.ts'
import { probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { followRun, runNow, stepOf } from './records.ts'
import { approveInstall, askUpgrade, stageFor } from './stage.ts'
import { tagged } from './tagged.ts'

const STEP = 'install.install'
const NEW = 'istiod-1-31-0'
const ALL = tenants('default')
const crew = newWorkerCrew({ childrenLiveOn: true })
const stage = stageFor({
  prepare: tagged(ALL),
  classes: probeClasses(ALL),
  rig: { startWorker: crew.start, recordKeys: ['one-record-key-for-tests'] },
})

test('6. an istioctl that outlives its worker is waited for, never joined by a second one', async () => {
  const { mesh, rig, during } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const verdict = await during(async () => {
    await askUpgrade(rig)
    await approveInstall(rig)
    const { pid, uid } = await mesh.waitFor('the install to be half way', async () => {
      const child = stepOf(await runNow(mesh), STEP)?.holder?.child
      const made = await mesh.object('deployments', NEW, 'istio-system')
      return child && made ? { pid: child.pid, uid: made.metadata.uid } : null
    })
    expect(crew.killLeader()).toBe(true)
    const beside: boolean[] = []
    const end = followRun(mesh, (run) => {
      if ((stepOf(run, STEP)?.attempt ?? 0) > 1) beside.push(runs(pid))
    })
    expect(runs(pid)).toBe(true)
    await openCard(rig, 'switch')
    end()
    expect(beside.length).toBeGreaterThan(0)
    expect(beside).not.toContain(true)
    expect((await mesh.object('deployments', NEW, 'istio-system'))?.metadata.uid).toBe(uid)
  })
  expect(verdict.faults).toEqual([])
  expect(verdict.revisions['payments/api']).toEqual(['default'])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 300_000)

/** One that ended and that nobody has asked about yet (a zombie) does nothing any more. */
function runs(pid: number): boolean {
  return startTicksOf(pid) !== null
}
