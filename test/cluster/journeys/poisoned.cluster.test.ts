import type { SlackMessage } from '../../../src/sandbox/slack-server/model.ts'
import type { Rig } from '../../support/rig.ts'
import { expect, test } from '@jest/globals'
import { clickCard, finalAnswer, openCard, said } from '../../support/people.ts'
import { installByIstioctl, poison } from '../harness/installs.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'

/** Without the team whose tag nobody made. */
const ALL = tenants('default').filter(({ namespace }) => namespace !== 'orders')
const OBJECT = 'istio-sidecar-injector'
const stage = stageFor({
  prepare: async (mesh) => {
    await installByIstioctl(mesh, '1.30.0')
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
})

test("4a. a revision's own object that names a foreign Service is refused by its name before anything is done", async () => {
  const { mesh, rig, during } = stage()
  await poison(mesh, 'istiod-1-31-0')
  const verdict = await during(async () => {
    const asked = await rig.slack.command({ user: 'U0LEE', channel: rig.channel, text: 'upgrade to 1.31.0' })
    const answer = await finalAnswer(rig, asked)
    expect(answer).toContain(OBJECT)
    expect(answer).toContain('istiod-1-31-0')
  })
  expect(verdict.faults).toEqual([])
  expect(await mesh.object('deployments', 'istiod-1-31-0', 'istio-system')).toBeNull()
  await poison(mesh, 'istiod')
}, 120_000)

test('4b. poisoned between install and switch: told by name of the writer, and the card of before is void', async () => {
  const { mesh, rig, during } = stage()
  await install(rig)
  const card = await openCard(rig, 'switch')
  const verdict = await during(async () => {
    await poison(mesh, 'istiod-1-31-0')
    await said(rig, `MutatingWebhookConfiguration ${OBJECT} changed`, 'kubectl-patch')
    expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain(OBJECT)
    await said(rig, 'needed: switch', 'leads elsewhere', OBJECT)
  })
  expect(verdict.faults).toEqual([])
  expect(verdict.revisions['payments/api']).toEqual(['default'])
}, 120_000)

test('4c. mended and switched, then poisoned again: the way back gives OLD by proof, not by label', async () => {
  const { mesh, rig, during } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const blocked = await openCard(rig, 'switch')
  await poison(mesh, 'istiod')
  await clickCard(rig, blocked, 'U0MEI', 'approval.approve')
  await rig.slack.waitFor(() => (openCards(rig).some(({ ts }) => ts > blocked.ts) ? true : undefined), 20_000)
  const forward = await during(() => switchOver(rig))
  expect(forward.faults).toEqual([])
  expect(forward.revisions['payments/api']).toEqual(['default', '1-31-0'])

  await poison(mesh, 'istiod-1-31-0')
  const back = await during(async () => {
    await rollBack(rig)
    await said(rig, 'Returned')
  })
  expect(back.faults).toEqual([])
  expect(back.revisions['payments/api']).toEqual(['1-31-0', 'default'])
  expect(back.revisions['catalog/search']).toEqual(['1-31-0', 'default'])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 180_000)

function openCards(rig: Rig): readonly SlackMessage[] {
  return rig.slack.messages(rig.channel).filter((message) => rig.slack.text(message).includes('needed: switch'))
}
