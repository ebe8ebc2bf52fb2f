import { describe, expect, test } from '@jest/globals'
import { aRun } from '../../test/support/run-builders.ts'
import { expectedRevisions, newcomerRevisions } from './expected.ts'

describe('what a class may get', () => {
  const run = aRun()
  const [planned] = run.plan.classes
  const withClass = (key: string) => ({
    ...run,
    plan: { ...run.plan, classes: [{ ...planned!, key, before: 'default', after: 'default', movedBy: null }] },
  })

  test.each([
    ['enabled', 'enabled'],
    ['enabled', 'enabled(none)'],
    ['enabled', 'enabled(unknown)'],
    ['enabled', 'enabled(many)'],
    ['revision:default', 'tag:default'],
    ['pod-level:istio.io/rev=default', 'pod-level:istio.io/rev=default(none)'],
    ['enabled(none)', 'enabled'],
  ])('planned as %s, found as %s: the same is expected', (key, found) => {
    expect(expectedRevisions(withClass(key), found)).toEqual(['default'])
  })

  test('another class is not asked about', () => {
    expect(expectedRevisions(withClass('enabled'), 'tag:prod-stable')).toEqual([])
  })

  test('on the way back a class that is back already is right, until its own move is undone; then nothing else is', () => {
    const moved = aRun()
    const { key, movedBy, before, after } = moved.plan.classes.find((entry) => entry.movedBy !== null)!
    const at = (state: 'done' | 'undone') => ({
      ...moved,
      steps: moved.steps.map((step) => (step.id === movedBy ? { ...step, state } : step)),
    })
    expect(expectedRevisions(at('done'), key)).toEqual([after])
    expect(expectedRevisions({ ...at('done'), state: 'undoing' }, key)).toEqual([before, after])
    expect(expectedRevisions({ ...at('undone'), state: 'undoing' }, key)).toEqual([before])
  })

  test('a class of its own is preferred to its base', () => {
    const both = withClass('enabled')
    const none = { ...both.plan.classes[0]!, key: 'enabled(none)', before: null }
    const classes = [...both.plan.classes, none]
    expect(expectedRevisions({ ...both, plan: { ...both.plan, classes } }, 'enabled(none)')).toEqual([null])
  })
})

describe('what a class may get that came after the plan', () => {
  const run = aRun()
  const { movedBy } = run.plan.classes[0]!
  const moved = {
    ...run,
    steps: run.steps.map((step) => (step.id === movedBy ? { ...step, state: 'done' as const } : step)),
  }
  const back = { ...moved, rollback: { at: run.requestedAt, because: { code: 'ROLLBACK_ASKED', facts: {} } } }

  test.each([
    ['before the switch: what the others get, or NEW, for which somebody may ask early', run, ['default', '1-31-0']],
    ['after it: NEW', moved, ['1-31-0']],
    ['on the way back: what is there and what comes again', back, ['default', '1-31-0']],
  ])('%s', (_, at, revisions) => {
    expect(new Set(newcomerRevisions(at))).toEqual(new Set(revisions))
  })

  test('back again: OLD alone', () => {
    const returned = { ...back, steps: run.steps }
    expect(newcomerRevisions(returned)).toEqual(['default'])
  })
})
