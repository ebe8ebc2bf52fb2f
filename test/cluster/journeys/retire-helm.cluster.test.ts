import { expect, test } from '@jest/globals'
import { answerTo, reject } from '../../support/acts.ts'
import { answers } from '../../support/answers.ts'
import { clickCard, openCard } from '../../support/people.ts'
import { DAY_MS } from '../../support/retire-acts.ts'
import { installByHelm, mustSucceed } from '../harness/installs.ts'
import { deployTenants, probeClasses, tenants } from '../harness/tenants.ts'
import { aCalendar } from './calendar.ts'
import { redeployAll } from './redeploy.ts'
import { install, stageFor, switchOver } from './stage.ts'

/** Without the team whose tag nobody made. */
const ALL = tenants('default').filter(({ namespace }) => namespace !== 'orders')
const { calendar, passTime } = aCalendar()
const stage = stageFor({
  prepare: async (mesh) => {
    await installByHelm(mesh, '1.30.0')
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
  rig: { calendar },
})
const FOLLOWERS = ['payments/api', 'payments/ledger', 'catalog/search', 'pinned/legacy', 'opted-in-pods/edge']

test('3. what Helm made is not ours to remove; by `helm uninstall` it goes while injection goes on, and the next upgrade may begin', async () => {
  const { mesh, rig, during } = stage()
  await install(rig)
  await switchOver(rig)
  await redeployAll(mesh, ALL, '1-31-0')
  await answers(rig, 'status', /Nobody has used default since/)
  passTime(DAY_MS)
  const card = await openCard(rig, 'rehearsal')
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('OLD_NOT_OURS_TO_REMOVE')
  expect(await mesh.object('deployments', 'istiod', 'istio-system')).not.toBeNull()
  await reject(rig, card, 'U0SRE', 'helm goes first')
  expect(await answerTo(rig, 'U0LEE', 'upgrade to 1.31.0')).toContain('RUN_ACTIVE')

  const gone = await during(async () => {
    mustSucceed(await mesh.helm(['uninstall', 'istiod', '-n', 'istio-system', '--wait']), 'helm uninstall istiod')
    await mesh.waitFor(
      'OLD to be gone',
      async () => (await mesh.object('deployments', 'istiod', 'istio-system')) === null,
    )
  })
  expect(gone.faults).toEqual([])
  for (const name of FOLLOWERS) expect(gone.revisions[name]).toEqual(['1-31-0'])
  const free = async (): Promise<boolean> => !(await answerTo(rig, 'U0LEE', 'upgrade to 1.31.0')).includes('RUN_ACTIVE')
  await mesh.waitFor('the next upgrade to be taken', free)
}, 600_000)
