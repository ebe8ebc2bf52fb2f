import { expect, test } from '@jest/globals'
import { openCard } from '../../support/people.ts'
import { build } from '../harness/build.ts'
import { installByIstioctl } from '../harness/installs.ts'
import type { Mesh } from '../harness/mesh.ts'
import { istiodOf } from '../harness/programs.ts'
import { deployTenants, probeClasses, tenants } from '../harness/tenants.ts'
import { OBSTACLES, operatorFile } from './obstacles.ts'
import { refusedUpgrade, stageFor } from './stage.ts'

/** Two minors before the target: allowed, but not beside istio-cni. */
const OLD = '1.29.0'
const ALL = tenants('default').filter(({ namespace }) => namespace !== 'orders')

const stage = stageFor({
  prepare: async (mesh) => {
    await build([istiodOf(OLD)])
    await installByIstioctl(mesh, '1.30.0', undefined, ['--set', `tag=${OLD}`])
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
})

test.each(OBSTACLES)(
  '8. refused by name: $name',
  async ({ put, take, code, says }) => {
    const { mesh, rig } = stage()
    await put(mesh)
    try {
      const before = await ofIstio(mesh)
      const answer = rig.slack.text(await refusedUpgrade(rig))
      expect(/Code `([^`]*)`/.exec(answer)?.[1]).toBe(code)
      for (const words of says) expect(answer).toContain(words)
      expect(answer).not.toContain('?')
      expect(answer).not.toContain('[Acknowledge')
      expect(await ofIstio(mesh)).toEqual(before)
      expect(await mesh.object('configmaps', 'active', 'meshferry')).toBeNull()
    } finally {
      await take(mesh)
    }
  },
  90_000,
)

test('8. refused until somebody who may ask acknowledges it: a mesh config that differs', async () => {
  const { mesh, rig, during } = stage()
  await operatorFile(mesh, { '  values:': '  meshConfig:\n    accessLogFile: /dev/stdout\n  values:' })
  const before = await ofIstio(mesh)
  const refused = await refusedUpgrade(rig)
  expect(rig.slack.text(refused)).toContain('MESH_CONFIG_DIFFERS')
  expect(rig.slack.text(refused)).toContain('accessLogFile')
  expect(await mesh.object('configmaps', 'active', 'meshferry')).toBeNull()

  const verdict = await during(async () => {
    const { channel, ts } = refused
    await rig.slack.click({ user: 'U0LEE', channel, ts, actionId: 'plan.acknowledge' })
    const card = await openCard(rig, 'install')
    expect(rig.slack.text(card)).toContain('Acknowledged by the requester: accessLogFile')
  })
  expect(verdict.faults).toEqual([])
  expect(await ofIstio(mesh)).toEqual(before)
}, 90_000)

const OF_ISTIO = ['deployments', 'services', 'serviceaccounts']
const OF_THE_CLUSTER = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'customresourcedefinitions']

/** What an upgrade would change: Istio's own objects, each with its uid and what it says. */
async function ofIstio(mesh: Mesh): Promise<readonly string[]> {
  const own = OF_ISTIO.map((plural) => mesh.objects(plural, 'istio-system'))
  const shared = OF_THE_CLUSTER.map((plural) => mesh.objects(plural))
  const all = (await Promise.all([...own, ...shared])).flat()
  return all.map(({ kind, metadata, spec, webhooks }) => {
    const { name, uid, labels } = metadata
    return JSON.stringify([kind, name, uid, labels, spec, webhooks])
  })
}
