import { describe, expect, test } from '@jest/globals'
import { meshOf, namespace, revisionInjector, tagInjector, validatorObject } from '../../test/support/istio-builders.ts'
import { disarmed, generatedFor, planned, taggedMesh } from '../../test/support/switch-scenes.ts'
import { unsupportedHere } from '../istio/refusals.ts'
import { makePlan, oldRevision } from './make-plan.ts'

const PLANES = [
  { revision: 'default', version: '1.30.0' },
  { revision: '1-31-0', version: '1.31.0' },
]
const NEW = PLANES[1] ?? { revision: '', version: '' }

/** Somebody moved the default, and left prod-stable behind. */
const LEFT_OVER = meshOf(PLANES, {
  mutatingWebhooks: [
    disarmed(),
    revisionInjector('1-31-0'),
    tagInjector('default', '1-31-0'),
    tagInjector('prod-stable', 'default'),
  ],
  validatingWebhooks: [validatorObject('istiod-default-validator', { 'istio.io/rev': '1-31-0' }, 'istiod-1-31-0')],
  namespaces: [
    namespace('shop', { 'istio-injection': 'enabled' }),
    namespace('pay', { 'istio.io/rev': 'prod-stable' }),
  ],
})

describe('the revision that an upgrade leaves', () => {
  test('is what the default leads to', () => {
    expect(oldRevision(taggedMesh(), '1-31-0')).toBe('default')
  })

  test('is the one that tags still lead to, where the default leads to NEW already', () => {
    expect(oldRevision(LEFT_OVER, '1-31-0')).toBe('default')
  })

  test('is NEW itself where nothing is left, and not known where tags lead to several', () => {
    const { mutatingWebhooks } = LEFT_OVER
    expect(oldRevision({ ...LEFT_OVER, mutatingWebhooks: mutatingWebhooks.slice(0, 3) }, '1-31-0')).toBe('1-31-0')
    const three = meshOf([...PLANES, { revision: '1-29-0', version: '1.29.0' }], {
      mutatingWebhooks: [...mutatingWebhooks, tagInjector('old', '1-29-0')],
    })
    expect(oldRevision(three, '1-31-0')).toEqual({
      code: 'OLD_UNKNOWN',
      facts: { candidates: ['1-29-0', 'default'] },
    })
  })
})

test('a tag that was left behind moves alone: nothing stands against it, and the switch writes what the plan says', () => {
  const old = { revision: 'default', version: '1.30.0' }
  expect(unsupportedHere(LEFT_OVER, old, NEW)).toEqual([])
  const input = { cluster: 'prod-a', mesh: LEFT_OVER, version: '1.31.0', istioctl: { to: 'a'.repeat(64) } }
  const plan = makePlan({ ...input, operatorFile: 'b'.repeat(64), warnings: [], acknowledged: [], nowMs: 0 }, 'default')
  const writes = plan.steps.filter(({ kind }) => kind.startsWith('move-')).map(({ id }) => id)
  expect(writes[0]).toBe('switch.move-tag.prod-stable')
  expect(writes).not.toContain('switch.move-tag.default')
  expect(plan.classes).toMatchObject([
    { key: 'enabled', before: '1-31-0', after: '1-31-0', movedBy: null },
    { key: 'tag:prod-stable', before: 'default', after: '1-31-0', movedBy: 'switch.move-tag.prod-stable' },
  ])
  const { steps } = planned(LEFT_OVER, 'default', '1-31-0', generatedFor(['prod-stable']))
  expect(steps.map(({ id }) => `switch.${id}`)).toEqual(writes.filter((id) => !id.includes('tag-service')))
})
