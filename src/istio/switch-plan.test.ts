import { describe, expect, test } from '@jest/globals'
import { meshOf, oneEntryInjector, revisionInjector, validatorObject } from '../../test/support/istio-builders.ts'
import {
  taggedMesh,
  helmMesh,
  generatedFor,
  planned,
  after,
  undone,
  liveOf,
  done,
} from '../../test/support/switch-scenes.ts'
import { isApplied } from './change-applied.ts'
import { effectiveInjectors } from './effective-injector.ts'
import { NEVER_MATCH_SELECTOR } from './injectors.ts'
import { planAdoption, planSwitch } from './switch-plan.ts'
import { undoRefusal } from './undo-refusal.ts'

const ENABLED = { 'istio-injection': 'enabled' }

describe('the tag strategy', () => {
  test('moves every tag that leads to OLD as its own step, default first, then the validator', () => {
    const plan = planned(taggedMesh(), 'default', '1-31-0', generatedFor(['default', 'prod-stable']))
    expect(plan.strategy).toBe('tag')
    expect(plan.steps.map(({ id, flips }) => [id, flips])).toEqual([
      ['move-tag.default', true],
      ['move-tag.prod-stable', true],
      ['move-validator.istiod-default-validator', false],
    ])
    expect(plan.undo.map(({ id }) => id)).toEqual(plan.steps.map(({ id }) => id))
    expect(plan.steps[0]?.changes[0]?.restsOn).toEqual({
      kind: 'version',
      uid: 'uid-istio-revision-tag-default',
      resourceVersion: '7',
    })
  })

  test('leaves a kept tag where it is', () => {
    const generated = generatedFor(['default', 'prod-stable'])
    const result = planSwitch(taggedMesh(), 'default', '1-31-0', generated, { keepTags: ['prod-stable'] })
    expect(result).toMatchObject({ ok: true, value: { keptTags: ['prod-stable'] } })
    expect(result.ok && result.value.steps.map(({ id }) => id)).not.toContain('move-tag.prod-stable')
  })

  test('forward gives NEW, the undo gives OLD again, each by one write of one object', () => {
    const mesh = taggedMesh()
    const plan = planned(mesh, 'default', '1-31-0', generatedFor(['default', 'prod-stable']))
    const there = after(mesh, plan.steps)
    expect(effectiveInjectors(there, ENABLED, {})).toMatchObject({ kind: 'one', revision: '1-31-0' })
    const back = undone(there, plan.undo)
    expect(effectiveInjectors(back, ENABLED, {})).toMatchObject({ kind: 'one', revision: 'default' })
    expect(back.mutatingWebhooks).toEqual(mesh.mutatingWebhooks)
    expect(plan.steps.every(({ changes, undo }) => changes.length === 1 && undo.length === 1)).toBe(true)
  })

  test('each change knows when it is done, forward and back', () => {
    const start = helmMesh()
    const { steps } = planned(start, 'default', '1-31-0', generatedFor(['default']))
    let mesh = start
    for (const step of steps) {
      for (const change of step.changes) {
        expect([step.id, isApplied(change, liveOf(mesh, change))]).toEqual([step.id, false])
        mesh = done(mesh, change)
        expect([step.id, isApplied(change, liveOf(mesh, change))]).toEqual([step.id, true])
      }
    }
    for (const change of steps.toReversed().flatMap(({ undo }) => undo)) {
      expect(isApplied(change, liveOf(mesh, change))).toBe(false)
      mesh = done(mesh, change)
      expect(isApplied(change, liveOf(mesh, change))).toBe(true)
    }
  })

  test('an adoption is not taken back while the tag leads to NEW', () => {
    const start = helmMesh()
    const { steps } = planned(start, 'default', '1-31-0', generatedFor(['default']))
    const disarm = steps.find(({ kind }) => kind === 'disarm')
    const refused = disarm && undoRefusal(after(start, steps), disarm, 'default')
    expect(refused).toMatchObject({ code: 'UNDO_WOULD_DOUBLE', facts: { leadsTo: '1-31-0' } })
    expect(disarm && undoRefusal(after(start, steps.slice(0, 2)), disarm, 'default')).toBeNull()
  })

  test('the way back is the same plan with the roles swapped', () => {
    const mesh = taggedMesh()
    const generated = generatedFor(['default', 'prod-stable'])
    const there = after(mesh, planned(mesh, 'default', '1-31-0', generated).steps)
    const back = planned(there, '1-31-0', 'default', generated)
    expect(back.steps.map(({ id }) => id)).toContain('move-tag.prod-stable')
    expect(after(there, back.steps).mutatingWebhooks).toEqual(mesh.mutatingWebhooks)
  })
})

describe('adoption of an untagged default', () => {
  test('at no step is there nobody to inject, and only the tag flips', () => {
    const mesh = helmMesh()
    const plan = planned(mesh, 'default', '1-31-0', generatedFor(['default']))
    expect(plan.steps.map(({ id, flips }) => [id, flips])).toEqual([
      ['adopt-tag.default', false],
      ['disarm.istio-sidecar-injector', false],
      ['move-tag.default', true],
      ['move-validator.istiod-default-validator', false],
    ])
    const revisions = plan.steps.map((_, i) => {
      const injection = effectiveInjectors(after(mesh, plan.steps.slice(0, i + 1)), ENABLED, {})
      return injection.kind === 'many' ? injection.revisions : injection.kind === 'one' && injection.revision
    })
    expect(revisions).toEqual([['default'], 'default', '1-31-0', '1-31-0'])
  })

  test('the undo after the flip keeps the adopted tag and never re-arms the old object', () => {
    const mesh = helmMesh()
    const plan = planned(mesh, 'default', '1-31-0', generatedFor(['default']))
    expect(plan.undo.map(({ id }) => id)).toEqual(['move-tag.default', 'move-validator.istiod-default-validator'])
    const back = undone(after(mesh, plan.steps), plan.undo)
    expect(effectiveInjectors(back, ENABLED, {})).toMatchObject({ kind: 'one', revision: 'default' })
  })

  test('un-adopting in reverse gives the first objects back, byte for byte', () => {
    const mesh = helmMesh()
    const result = planAdoption(mesh, 'default', generatedFor(['default']))
    const steps = result.ok ? result.value : []
    expect(steps.every(({ undoWhen }) => undoWhen === 'before-move')).toBe(true)
    expect(undone(after(mesh, steps), steps.toReversed()).mutatingWebhooks).toEqual(mesh.mutatingWebhooks)
  })

  test('one that stopped halfway goes on with disarming', () => {
    const mesh = helmMesh()
    const [adopt] = planned(mesh, 'default', '1-31-0', generatedFor(['default'])).steps
    const half = after(mesh, adopt ? [adopt] : [])
    expect(planAdoption(half, 'default', generatedFor(['default']))).toMatchObject({
      ok: true,
      value: [{ id: 'disarm.istio-sidecar-injector' }],
    })
  })

  test('nothing to do where the default is a tag', () => {
    expect(planAdoption(taggedMesh(), 'default', [])).toEqual({ ok: true, value: [] })
  })

  test('disarming tests every name and every selector before it replaces one', () => {
    const [, disarm] = planned(helmMesh(), 'default', '1-31-0', generatedFor(['default'])).steps
    const change = disarm?.changes[0]
    const operations = change?.kind === 'json-patch' ? change.operations : []
    expect(operations[0]).toEqual({ op: 'test', path: '/metadata/uid', value: 'uid-istio-sidecar-injector' })
    expect(operations.filter(({ op }) => op === 'replace')).toHaveLength(8)
    expect(operations.filter(({ op }) => op === 'test')).toHaveLength(13)
    expect(JSON.stringify(operations)).toContain(JSON.stringify(NEVER_MATCH_SELECTOR))
  })
})

describe('the patch strategy of 1.7 to 1.11', () => {
  test.each([
    ['1.7.8', '1.9.9', oneEntryInjector('default'), oneEntryInjector('1-9-9'), 1],
    ['1.10.3', '1.11.8', revisionInjector('default'), revisionInjector('1-11-8'), 4],
    ['1.30.0', '1.31.0', oneEntryInjector('default'), revisionInjector('1-31-0'), 1],
  ])('%s to %s: one patch over all entries and back', (from, to, own, next, entries) => {
    const revision = to.replaceAll('.', '-')
    const mesh = meshOf(
      [
        { revision: 'default', version: from },
        { revision, version: to },
      ],
      { mutatingWebhooks: [own, next], validatingWebhooks: [validatorObject('istiod-istio-system', {}, 'istiod')] },
    )
    const plan = planned(mesh, 'default', revision, [])
    expect(plan.strategy).toBe('patch')
    expect(plan.steps.map(({ id }) => id)).toEqual([
      'patch-injector.istio-sidecar-injector',
      'move-validator.istiod-istio-system',
    ])
    const change = plan.steps[0]?.changes[0]
    const operations = change?.kind === 'json-patch' ? change.operations : []
    expect(operations.filter(({ op }) => op === 'replace')).toHaveLength(entries)
    expect(operations.some(({ path }) => path.endsWith('/path') || path.endsWith('caBundle'))).toBe(false)
    const there = after(mesh, plan.steps)
    expect(effectiveInjectors(there, ENABLED, {})).toMatchObject({ kind: 'one', revision })
    expect(undone(there, plan.undo).mutatingWebhooks).toEqual(mesh.mutatingWebhooks)
    expect(undone(there, plan.undo).validatingWebhooks).toEqual(mesh.validatingWebhooks)
  })

  test('a re-ordered list of entries is refused by the tests in the patch', () => {
    const mesh = meshOf(
      [
        { revision: 'default', version: '1.10.3' },
        { revision: 'x', version: '1.11.8' },
      ],
      {
        mutatingWebhooks: [revisionInjector('default'), revisionInjector('x')],
      },
    )
    const plan = planned(mesh, 'default', 'x', [])
    const reordered = {
      ...mesh,
      mutatingWebhooks: [
        { ...revisionInjector('default'), webhooks: (revisionInjector('default').webhooks ?? []).toReversed() },
      ],
    }
    expect(() => after(reordered, plan.steps)).toThrow()
  })
})
