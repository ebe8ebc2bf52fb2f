import { describe, expect, test } from '@jest/globals'
import {
  acting,
  after,
  approveBy,
  asked,
  installed,
  startBy,
  stepDone,
  switching,
  theCard,
  verdictOn,
} from '../../test/support/played-run.ts'
import { aClick, aHolder, aPolicy, aStanding, clickOn, MEI, SRE, T0 } from '../../test/support/run-builders.ts'
import type { StepPlan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'
import { decide } from './decide.ts'
import { due } from './due.ts'
import type { Standing } from './event.ts'
import { codedOf } from './event.ts'
import { expectedRevisions } from './expected.ts'

const BLUE: StepPlan = { id: 'switch.move-tag.blue', phase: 'switch', kind: 'move-tag', target: 'blue' }
const BECAUSE = codedOf('PLAN_CHANGED', { added: [BLUE.id] })

/** The cluster has a tag more, by which some namespaces ask. */
function remadeFor({ plan }: Run): Standing {
  const before = 'default'
  const blue = { key: 'tag:blue', namespaces: 1, examples: ['sea'], pods: 1, before, after: '1-31-0', movedBy: BLUE.id }
  const remade = { ...plan, steps: plan.steps.toSpliced(-1, 0, BLUE), classes: [...plan.classes, blue] }
  return aStanding('switch', { remade: { plan: remade, because: BECAUSE } })
}

function approvedByTwo(run: Run): Run {
  const one = after(run, approveBy(run, MEI))
  return after(one, approveBy(one, SRE))
}

describe('a cluster that wants another plan', () => {
  const card = theCard(asked(installed()))

  test.each([
    ['an approval', () => asked(installed()), 'approve' as const],
    ['a Start', () => approvedByTwo(asked(installed())), 'start' as const],
  ])('refuses %s, says how it differs, and ends the card with what was approved on it', (_, made, kind) => {
    const run = made()
    const event = { kind, click: aClick(MEI), card: clickOn(theCard(run)), standing: remadeFor(run) }
    const decided = decide(run, event, aPolicy(), T0)
    expect(decided).toMatchObject({ ok: false, refusal: BECAUSE })
    expect(decided.run?.cards.at(-1)).toMatchObject({ id: card.id, state: 'superseded', because: BECAUSE })
    expect(due(decided.run ?? run, aPolicy(), T0)).toEqual([{ kind: 'ask' }])
  })

  test('is asked about on a new card, bound to the new plan, and what is done stays', () => {
    const run = after(installed(), { kind: 'ask', id: 'ap-new', standing: remadeFor(installed()) })
    expect(theCard(run)).toMatchObject({ because: BECAUSE, planHash: run.planHash })
    expect(run.planHash).not.toBe(card.planHash)
    expect(run.steps.slice(0, 3)).toEqual(installed().steps.slice(0, 3))
    expect(run.steps.map(({ id }) => id)).toEqual(run.plan.steps.map(({ id }) => id))
    const line = run.pending.find((effect) => effect.kind === 'audit' && effect.what.code === 'PLAN_CHANGED')
    expect(line).toMatchObject({ what: { facts: { planHash: run.planHash } } })
  })

  test('has every class guarded as the new plan says, on its way forward and back', () => {
    let run = approvedByTwo(after(installed(), { kind: 'ask', id: 'ap-new', standing: remadeFor(installed()) }))
    expect(expectedRevisions(run, 'tag:blue')).toEqual(['default'])
    run = after(run, startBy(run))
    while (run.state === 'running') run = stepDone(acting(run))
    expect(expectedRevisions(run, 'tag:blue')).toEqual(['1-31-0'])
    const back = after(run, { kind: 'rollback', click: aClick(MEI), reason: '' })
    expect(expectedRevisions(back, 'tag:blue')).toEqual(['default', '1-31-0'])
  })

  test('never changes what has begun: a plan from a look of long ago is not taken', () => {
    const { plan } = installed()
    const late = { ...plan, steps: plan.steps.slice(1) }
    const standing = aStanding('switch', { remade: { plan: late, because: BECAUSE } })
    expect(verdictOn(installed(), { kind: 'ask', id: 'ap-new', standing })).toBe('PLAN_OUTDATED')
    expect(verdictOn(installed(), { kind: 'ask-again', click: aClick(MEI), id: 'ap-new', standing })).toBe(
      'PLAN_OUTDATED',
    )
  })
})

describe('a plan that is found outdated between Start and the first act', () => {
  const undone = (code: string): Run => {
    const step = { step: 'switch.save', attempt: 1 }
    const run = after(switching(), { kind: 'step-began', ...step, direction: 'forward', holder: aHolder() })
    return after(run, { kind: 'step-failed', ...step, error: codedOf(code), proofs: [], way: 'undo' })
  }

  test('is asked about anew by itself; any other failure waits for a person', () => {
    expect(due(undone('PLAN_OUTDATED'), aPolicy(), T0)).toEqual([{ kind: 'ask' }])
    expect(due(undone('CLASS_UNPROVABLE'), aPolicy(), T0)).toEqual([])
  })

  test('begins with new attempts, so that neither a job nor a backup of the one before is taken for its own', () => {
    const run = after(undone('PLAN_OUTDATED'), { kind: 'ask', id: 'ap-new', standing: remadeFor(switching()) })
    expect(run.steps.find(({ id }) => id === 'switch.save')).toEqual({
      id: 'switch.save',
      state: 'waiting',
      attempt: 1,
      acted: false,
      proofs: [],
      evidence: [],
    })
    expect(run.steps.find(({ id }) => id === BLUE.id)?.attempt).toBe(1)
  })
})
