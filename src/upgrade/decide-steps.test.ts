import { describe, expect, test } from '@jest/globals'
import {
  acting,
  after,
  approveBy,
  asked,
  atWork,
  installed,
  installing,
  stepDone,
  stepUndone,
  switched,
  switching,
  verdictOn,
} from '../../test/support/played-run.ts'
import { MEI, OUTSIDER, T0, aClick, aHolder, aPolicy, aProof } from '../../test/support/run-builders.ts'
import type { ProgressFacts } from '../wire/card-facts.ts'
import type { Run } from '../wire/run.ts'
import { due, queuedStep } from './due.ts'
import { codedOf } from './event.ts'
import { expectedRevisions } from './expected.ts'
import { messageFacts, rollbackOffered } from './message-facts.ts'

const error = codedOf('PROOF_WRONG')
const rollback = { kind: 'rollback', click: aClick(MEI), reason: 'errors at checkout' } as const
const stop = { kind: 'stop', click: aClick(MEI) } as const
const resume = { kind: 'resume', click: aClick(MEI) } as const

function statesOf(run: Run): Readonly<Record<string, string>> {
  return Object.fromEntries(run.steps.map((step) => [step.id, step.state]))
}

function failed(run: Run, way: 'undo' | 'halt'): Run {
  return after(run, { kind: 'step-failed', ...atWork(run), proofs: [aProof('wrong')], error, way })
}

/** The switch with its tag moved, at its proof. */
function proving(): Run {
  return acting(stepDone(acting(stepDone(acting(switching())))))
}

function lastProgress(run: Run): unknown {
  return messageFacts(run, run.progress.at(-1)?.id ?? '')
}

describe('a job that somebody else put into the queue', () => {
  const began = { kind: 'step-began', holder: aHolder() } as const

  test('never begins a step of a phase that nobody approved, nor one out of its order', () => {
    const run = installing()
    const [queued, ...others] = run.steps
    for (const { id, attempt } of others) {
      expect(verdictOn(run, { ...began, step: id, attempt, direction: 'forward' })).toBe('STEP_OUTDATED')
    }
    const { id = '', attempt = 0 } = queued ?? {}
    expect(after(run, { ...began, step: id, attempt, direction: 'forward' }).steps[0]?.state).toBe('running')
  })

  test('never turns a step round', () => {
    const forward = installing()
    const first = { step: forward.steps[0]?.id ?? '', attempt: 1 }
    expect(verdictOn(forward, { ...began, ...first, direction: 'undo' })).toBe('STEP_OUTDATED')
    const back = after(switched(), rollback)
    const { step, attempt } = atWork(back)
    expect(verdictOn(back, { ...began, step, attempt, direction: 'forward' })).toBe('STEP_OUTDATED')
    expect(after(back, { ...began, step, attempt, direction: 'undo' }).state).toBe('undoing')
  })
})

/** The states of the steps on the last progress card. */
function shownSteps(run: Run): readonly string[] {
  const { steps } = lastProgress(run) as ProgressFacts
  return steps.map(({ state }) => state)
}

describe('forward', () => {
  test('one step after the other, each once, to the end', () => {
    const run = switched()
    expect(run.state).toBe('switched')
    expect(run.steps.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
    expect(rollbackOffered(run)).toBe(true)
  })

  test('keeps the newest proofs and those that ended a phase, not those in between: the record must stay small', () => {
    const run = proving()
    const kept = run.steps.filter(({ proofs }) => proofs.length > 0).map(({ id }) => id)
    expect(kept).toEqual(['install.prove', 'switch.move-tag.default'])
  })

  test('a phase whose last proof is not right is not done, though the step says so', () => {
    const run = proving()
    const ended = after(run, { kind: 'step-done', ...atWork(run), proofs: [aProof('unprovable')], evidence: [] })
    expect(ended).toMatchObject({ state: 'halted', halted: { code: 'PHASE_UNPROVEN' } })
    const empty = after(run, { kind: 'step-done', ...atWork(run), proofs: [], evidence: [] })
    expect(empty.state).toBe('halted')
  })

  test.each([
    ['an attempt of long ago', { attempt: 0 }],
    ['a step that is not at work', { step: 'switch.save' }],
    ['a step of no plan', { step: 'x' }],
  ])('%s has nothing to say', (_, change) => {
    const run = acting(installing())
    const about = { ...atWork(run), ...change }
    expect(verdictOn(run, { kind: 'step-done', ...about, proofs: [], evidence: [] })).toBe('STEP_OUTDATED')
    expect(verdictOn(run, { kind: 'step-failed', ...about, proofs: [], error, way: 'undo' })).toBe('STEP_OUTDATED')
    expect(verdictOn(run, { kind: 'taken-over', ...about })).toBe('STEP_OUTDATED')
  })

  test('a step that somebody holds is not begun by another', () => {
    const run = acting(installing())
    const other = { ...atWork(run), holder: aHolder('worker-2') }
    expect(verdictOn(run, { kind: 'step-began', ...other, direction: 'forward' })).toBe('STEP_OUTDATED')
    expect(verdictOn(run, { kind: 'step-acts', ...atWork(run), holder: aHolder('worker-2'), changes: true })).toBe(
      'STEP_OUTDATED',
    )
  })
})

test('a message that changes while its last showing is under way is shown once more', () => {
  const run = acting(installing())
  const underWay = run.pending.map(({ id }) => id)
  const done = after(stepDone(run), { kind: 'effects-applied', ids: underWay })
  const progress = run.progress.at(-1)?.id
  expect(done.pending.filter((effect) => effect.kind === 'message' && effect.message === progress)).toHaveLength(1)
})

test('a phase that is tried anew shows no error of the attempt before', () => {
  let run = failed(acting(stepDone(acting(installing()))), 'halt')
  expect(lastProgress(run)).toMatchObject({ state: 'halted', error: { code: 'PROOF_WRONG' } })
  run = after(run, resume)
  expect(lastProgress(run)).toMatchObject({ state: 'running' })
  expect(lastProgress(run)).not.toHaveProperty('error')
  expect(lastProgress(stepDone(acting(run)))).not.toHaveProperty('error')
})

describe('when a step fails', () => {
  test('Wrong goes back over this phase alone, what flips first, and waits to be asked again', () => {
    const back = failed(proving(), 'undo')
    expect(statesOf(back)['switch.move-tag.default']).toBe('undoing')
    let run = back
    while (run.state === 'undoing') run = stepUndone(acting(run))
    expect(run).toMatchObject({ state: 'waiting', phase: 'switch' })
    expect(run.steps.filter((step) => step.id.startsWith('install')).every((step) => step.state === 'done')).toBe(true)
    expect(run.steps.filter((step) => step.id.startsWith('switch')).some((step) => step.acted)).toBe(false)
    expect(due(run, aPolicy(), T0)).toEqual([])
    expect(lastProgress(run)).toMatchObject({ state: 'undone', reaskOffered: true, rollbackOffered: true })
  })

  test('what cannot be known halts; resume makes the same step again, as a new attempt', () => {
    const halted = failed(proving(), 'halt')
    expect(halted).toMatchObject({ state: 'halted', halted: error })
    expect(queuedStep(halted)).toBeNull()
    const going = after(halted, resume)
    expect(queuedStep(going)).toEqual({ step: 'switch.prove', attempt: 2, direction: 'forward' })
  })

  test('a failed undo halts and says of what; resume goes on with the way back', () => {
    const back = acting(failed(proving(), 'undo'))
    const stuck = after(back, { kind: 'undo-failed', ...atWork(back), proofs: [], error })
    expect(stuck).toMatchObject({ state: 'halted', halted: { code: 'UNDO_FAILED', facts: { because: 'PROOF_WRONG' } } })
    const going = after(stuck, resume)
    expect(going.state).toBe('undoing')
    expect(queuedStep(going)).toMatchObject({ direction: 'undo' })
  })

  test.each([
    ['forward', acting(installing()), 'forward'],
    ['on the way back', acting(after(switched(), rollback)), 'undo'],
  ])('a holder that is gone: the same step again %s, as a new attempt', (_, run, direction) => {
    const { step, attempt } = atWork(run)
    const taken = after(run, { kind: 'taken-over', step, attempt })
    expect(queuedStep(taken)).toEqual({ step, attempt: attempt + 1, direction })
    expect(verdictOn(taken, { kind: 'step-done', step, attempt, proofs: [], evidence: [] })).toBe('STEP_OUTDATED')
  })
})

describe('stop and resume', () => {
  test('the running step ends, and nothing new starts', () => {
    const stopped = after(acting(installing()), stop)
    const ended = stepDone(stopped)
    expect(queuedStep(ended)).toBeNull()
    expect(ended.steps.filter((step) => step.state === 'running')).toEqual([])
    expect(queuedStep(after(ended, resume))).toMatchObject({ step: 'install.install', direction: 'forward' })
  })

  test('a queued step that nobody has begun does not begin', () => {
    const stopped = after(installing(), stop)
    const step = { step: 'install.save', attempt: 1, holder: aHolder(), direction: 'forward' as const }
    expect(verdictOn(stopped, { kind: 'step-began', ...step })).toBe('STEP_OUTDATED')
  })

  test('no card is decided while stopped, and no new one is made', () => {
    const run = asked()
    const stopped = after(run, stop)
    expect(verdictOn(stopped, approveBy(run))).toBe('RUN_STOPPED')
    expect(due(after(installed(), stop), aPolicy(), T0)).toEqual([])
    expect(verdictOn(stopped, stop)).toBe('STOPPED_ALREADY')
    expect(verdictOn(run, resume)).toBe('NOTHING_TO_RESUME')
    expect(verdictOn(run, { ...stop, click: aClick(OUTSIDER) })).toBe('MAY_NOT_STOP')
  })
})

describe('rollback', () => {
  test('over everything, the switch first, to the end', () => {
    const order: string[] = []
    let run = after(switched(), rollback, undefined, T0 - 1)
    while (run.state === 'undoing') {
      run = acting(run)
      order.push(atWork(run).step)
      run = stepUndone(run)
    }
    expect(order[0]).toBe('switch.move-tag.default')
    expect(order.indexOf('install.install')).toBeGreaterThan(order.indexOf('switch.prove'))
    expect(run).toMatchObject({ state: 'returned' })
    expect(lastProgress(run)).toMatchObject({
      state: 'undone',
      whole: true,
      reaskOffered: false,
      rollbackOffered: false,
    })
    expect(shownSteps(run)).toEqual(order.toReversed().map(() => 'undone'))
    expect(run.steps.some((step) => step.acted)).toBe(false)
  })

  test('what a phase alone took back before keeps its own name and what went wrong', () => {
    let run = failed(proving(), 'undo')
    while (run.state === 'undoing') run = stepUndone(acting(run))
    const before = run.progress.at(-1)?.id ?? ''
    const shown = messageFacts(run, before)
    expect(shown).toMatchObject({ state: 'undone', phase: 'switch', error })
    run = after(run, rollback, undefined, T0 + 60_000)
    const { rollbackOffered: _, reaskOffered: __, ...kept } = shown as ProgressFacts
    expect(messageFacts(run, before)).toMatchObject(kept)
    expect(messageFacts(run, before)).not.toHaveProperty('whole')
  })

  test('cancels the step at work and waits for its end', () => {
    const run = after(acting(stepDone(acting(installing()))), rollback)
    expect(run.pending.filter(({ kind }) => kind === 'cancel-step')).toMatchObject([{ step: 'install.install' }])
    expect(queuedStep(run)).toBeNull()
    expect(queuedStep(failed(run, 'halt'))).toMatchObject({ step: 'install.install', direction: 'undo' })
  })

  test.each<'done' | 'failed'>(['done', 'failed'])(
    'its card turns at once, and ends as undone where the step at work is %s',
    (end) => {
      let run = after(acting(stepDone(acting(switching()))), rollback)
      expect(lastProgress(run)).toMatchObject({ state: 'running', direction: 'undo' })
      run = end === 'done' ? stepDone(run) : failed(run, 'halt')
      expect(lastProgress(run)).toMatchObject({ state: 'running', direction: 'undo' })
      while (run.state === 'undoing') run = stepUndone(acting(run))
      expect(lastProgress(run)).toMatchObject({ state: 'undone' })
    },
  )

  test('is held up by nothing: not by stop, not by a halt', () => {
    expect(after(after(switched(), stop), rollback).state).toBe('undoing')
    expect(after(failed(proving(), 'halt'), rollback).state).toBe('undoing')
    expect(verdictOn(after(switched(), rollback), rollback)).toBe('ROLLING_BACK')
    expect(verdictOn(switched(), { ...rollback, click: aClick(OUTSIDER) })).toBe('MAY_NOT_ROLL_BACK')
  })

  test('withdraws the open card; a run that did nothing has returned at once', () => {
    const run = after(asked(), rollback)
    expect(run.cards[0]?.state).toBe('withdrawn')
    expect(run.state).toBe('returned')
    expect(run.progress).toEqual([])
    expect(verdictOn(run, approveBy(asked()))).toBe('RUN_ENDED')
  })

  test('something of the new one that pods use stays: returning, not returned', () => {
    let run = after(installed(), rollback)
    while (atWork(acting(run)).step !== 'install.install') run = stepUndone(acting(run))
    run = acting(run)
    run = after(run, {
      kind: 'step-undone',
      ...atWork(run),
      proofs: [aProof('right')],
      evidence: [],
      stays: codedOf('NEW_STILL_USED'),
    })
    while (run.state === 'undoing') run = stepUndone(acting(run))
    expect(run).toMatchObject({ state: 'returning' })
    expect(run.endedAt).toBeUndefined()
  })
})

test.each([
  ['before the switch', installed(), ['default']],
  ['while its step is at work', acting(stepDone(acting(switching()))), ['default', '1-31-0']],
  ['after it', switched(), ['1-31-0']],
  ['while it is undone', acting(after(switched(), rollback)), ['default', '1-31-0']],
])('what new pods may get %s', (_, run, expected) => {
  expect(expectedRevisions(run, 'enabled')).toEqual(expected)
})
