import { expect, test } from '@jest/globals'
import { answerTo, rollBack, switchOver } from '../support/acts.ts'
import { said } from '../support/people.ts'
import { aStage } from './stage.ts'

test('from /istio upgrade to a proven switch, and back', async () => {
  const { kube, rig, tenants } = await aStage()
  const pods = tenants.pods()
  expect(pods).toHaveLength(4)

  await switchOver(rig)
  expect(await tenants.now('shop')).toBe('1-31-0')
  expect(await tenants.now('pay')).toBe('1-31-0')
  expect(await tenants.now('plain')).toBe('none')
  expect(await tenants.now('plain', { 'istio.io/rev': 'default' })).toBe('1-31-0')
  expect(await answerTo(rig, 'U0SRE', 'status')).toContain('1.31.0')

  await rollBack(rig)
  expect(rig.slack.text(await said(rig, 'Undone: the whole upgrade'))).not.toContain('[Ask again]')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0', 'default'])
  expect(tenants.seen('plain')).toEqual(['none'])
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  expect(kube.list('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration').map(nameOf)).not.toContain(
    'istio-sidecar-injector-1-31-0',
  )
  expect(tenants.pods()).toEqual(pods)
}, 90_000)

function nameOf({ metadata }: { readonly metadata: { readonly name: string } }): string {
  return metadata.name
}
