import { expect, test } from '@jest/globals'
import { answers } from '../../support/answers.ts'
import { clickCard, said } from '../../support/people.ts'
import { startRehearsal, startRetire } from '../../support/retire-acts.ts'
import { newWorkerCrew } from '../../support/worker-crew.ts'
import { probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { redeployAll } from './redeploy.ts'
import { followRun, runNow } from './records.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'
import { tagged } from './tagged.ts'

const ALL = tenants('default')
const crew = newWorkerCrew()
const stage = stageFor({
  prepare: tagged(ALL),
  classes: probeClasses(ALL),
  // The calendar of a worker's own process is the machine's: it can't be moved on by a day.
  rig: { startWorker: crew.start, recordKeys: ['one-record-key-for-tests'], policy: { quietMs: 5000 } },
})

/** Kills whoever leads at the first moment of the run at which a step of this name stands so. */
function killIn(name: string, state: 'running' | 'undoing'): Promise<void> {
  const { mesh } = stage()
  return new Promise((resolve) => {
    const end = followRun(mesh, (run) => {
      const step = run.steps.find(({ id }) => id === name)
      if (step?.state !== state || !step.acted || !step.holder || !crew.killLeader()) return
      end()
      resolve()
    })
  })
}

test('4. and 5. kill -9 in the rehearsal, in the removal and in its undo: put back first of all, never done twice, nothing lost', async () => {
  const { mesh, rig, during } = stage()
  await install(rig)
  await switchOver(rig)
  await redeployAll(mesh, ALL, '1-31-0')
  const uids = await mesh.uids(TENANTS_SELECTOR)

  const rehearsal = await during(async () => {
    const killed = killIn('rehearse.rehearse', 'running')
    await startRehearsal(rig)
    await killed
    await said(rig, 'Whoever watched over the rehearsal was gone')
  })
  expect(rehearsal.faults).toEqual([])
  expect((await runNow(mesh)).phase).toBe('rehearse')
  expect(mesh.addressesOf('default').length).toBeGreaterThan(0)

  const retired = await during(async () => {
    const undone = await said(rig, 'Undone: rehearsal')
    // Its istiods are other processes now, and nobody watched: the quiet time begins anew.
    const asked = async (): Promise<string> => clickCard(rig, undone, 'U0LEE', 'approval.reask')
    await mesh.waitFor('the rehearsal to be asked for again', async () => !(await asked()).includes('NOT_QUIET_YET'))
    const killed = killIn('retire.uninstall', 'running')
    await startRetire(rig)
    await killed
    await said(rig, 'Done: retire')
  })
  expect(retired.faults).toEqual([])
  expect(await mesh.object('deployments', 'istiod', 'istio-system')).toBeNull()

  const back = await during(async () => {
    const killed = killIn('retire.uninstall', 'undoing')
    await rollBack(rig)
    await killed
    await answers(rig, 'status', /Pods on default: \*0 of 15\*/)
  })
  expect(back.faults).toEqual([])
  expect(back.revisions['payments/api']).toEqual(['1-31-0', 'default'])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 600_000)
