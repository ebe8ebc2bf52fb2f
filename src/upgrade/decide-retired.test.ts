import { describe, expect, test } from '@jest/globals'
import {
  acting,
  after,
  anUnusedLook,
  approveBy,
  asked,
  atWork,
  installed,
  oldGoing,
  rehearsed,
  retired,
  startBy,
  stepDone,
  stepUndone,
  switched,
  theCard,
  verdictOn,
} from '../../test/support/played-run.ts'
import { LEE, MEI, SRE, T0, aClick, aHolder, aPolicy, aProof, aStanding } from '../../test/support/run-builders.ts'
import { isoOf } from '../kernel/clock.ts'
import type { Run } from '../wire/run.ts'
import { openCard } from './cards.ts'
import { due, queuedStep } from './due.ts'
import { codedOf } from './event.ts'
import { whyNotQuiet } from './unused.ts'
import { migrationOf } from './migration-of.ts'

const DAY_MS = 86_400_000
const AT_ONCE = aPolicy({ quietMs: 0 })
const used = anUnusedLook({ because: codedOf('PODS_STILL_OLD', { from: 'default', pods: 2, workloads: 1 }) })
const stop = { kind: 'stop', click: aClick(MEI) } as const
const rollback = { kind: 'rollback', click: aClick(MEI), reason: 'errors at checkout' } as const

function unused(run: Run): Run {
  return after(run, { kind: 'unused-look', look: anUnusedLook() })
}

/** Everything that is to be undone is; `seen` is told each step. */
function allUndone(undoing: Run, seen: (step: string) => void = () => undefined): Run {
  let run = undoing
  while (run.state === 'undoing') {
    const going = acting(run)
    seen(atWork(going).step)
    run = stepUndone(going)
  }
  return run
}

describe('after the switch', () => {
  test('nobody is asked to let OLD go before it was unused for long enough', () => {
    expect(due(switched(), AT_ONCE, T0)).toEqual([])
    const quiet = unused(switched())
    expect(due(quiet, aPolicy(), T0 + DAY_MS - 1)).toEqual([])
    expect(due(quiet, aPolicy(), T0 + DAY_MS)).toEqual([{ kind: 'ask' }])
  })

  test('a card whose ground a use takes away is withdrawn, says why, and comes anew when nobody is left', () => {
    const pending = asked(unused(switched()), AT_ONCE)
    const gone = after(pending, { kind: 'unused-look', look: used }, AT_ONCE)
    expect(openCard(gone)).toBeUndefined()
    expect(gone.cards.at(-1)).toMatchObject({
      phase: 'rehearse',
      state: 'withdrawn',
      because: { code: 'PODS_STILL_OLD' },
    })
    expect(due(gone, AT_ONCE, T0)).toEqual([])
    expect(due(after(gone, { kind: 'unused-look', look: anUnusedLook() }), AT_ONCE, T0)).toEqual([{ kind: 'ask' }])
  })

  test('an approval that waits for its start is withdrawn too', () => {
    const pending = asked(unused(switched()), AT_ONCE)
    const approved = after(pending, approveBy(pending, MEI), AT_ONCE)
    expect(theCard(approved).state).toBe('approved')
    expect(openCard(after(approved, { kind: 'unused-look', look: used }, AT_ONCE))).toBeUndefined()
  })

  test('a look before the switch, or while a step is at work, changes nothing', () => {
    const before = installed()
    expect(openCard(after(asked(before), { kind: 'unused-look', look: used }))).toBeDefined()
    const busy = acting(oldGoing(switched()))
    expect(after(busy, { kind: 'unused-look', look: used })).toEqual(busy)
  })
})

describe('the rehearsal', () => {
  /** The rehearsal itself, with OLD at zero. */
  function atZero(): Run {
    return acting(stepDone(acting(oldGoing(switched()))))
  }

  test('starts only when somebody presses Start', () => {
    const pending = asked(unused(switched()), AT_ONCE)
    const approved = after(pending, approveBy(pending, MEI), AT_ONCE)
    expect(approved.state).toBe('switched')
    expect(after(approved, startBy(approved, LEE), AT_ONCE).state).toBe('running')
  })

  test.each([
    ['', (run: Run) => run],
    [', also where it was stopped', (run: Run) => after(run, stop)],
  ])('whose worker is gone is put back before anything else%s', (_, before) => {
    const left = before(atZero())
    const taken = after(left, { kind: 'taken-over', ...atWork(left) })
    const step = taken.steps.find(({ id }) => id === 'rehearse.rehearse')
    expect([taken.state, step?.state, step?.error?.code]).toEqual(['undoing', 'undoing', 'REHEARSAL_INTERRUPTED'])
    const back = allUndone(taken)
    expect([back.state, back.phase]).toEqual(['switched', 'rehearse'])
  })

  test('that had not begun to act is done by whoever comes next', () => {
    const queued = stepDone(acting(oldGoing(switched())))
    const about = { step: 'rehearse.rehearse', attempt: 1 }
    const began = after(queued, { kind: 'step-began', ...about, direction: 'forward', holder: aHolder() })
    const taken = after(began, { kind: 'taken-over', ...about })
    expect([taken.state, queuedStep(taken)]).toEqual(['running', { ...about, attempt: 2, direction: 'forward' }])
  })

  test('that went well leaves nothing that a rollback would have to put back', () => {
    const run = rehearsed()
    expect([run.state, run.phase]).toEqual(['switched', 'retire'])
    expect(run.steps.find(({ id }) => id === 'rehearse.rehearse')).toMatchObject({ state: 'done', acted: false })
  })

  test('that turned bad is undone, and may be asked for again', () => {
    const run = atZero()
    const error = codedOf('REHEARSAL_BAD', { because: 'PROOF_WRONG' })
    const failed = after(run, { kind: 'step-failed', ...atWork(run), proofs: [aProof('wrong')], error, way: 'undo' })
    const back = allUndone(failed)
    expect([back.state, back.phase, openCard(back)]).toEqual(['switched', 'rehearse', undefined])
    expect(due(back, AT_ONCE, T0)).toEqual([])
    const ask = { kind: 'ask-again', click: aClick(LEE), id: 'ap-again', standing: aStanding('rehearse') } as const
    expect(theCard(after(back, ask, AT_ONCE)).phase).toBe('rehearse')
  })
})

describe('the retirement', () => {
  const pending = asked(unused(rehearsed()), AT_ONCE)

  test.each([
    ['prod-a', 'ok'],
    ['  Prod-A ', 'ok'],
    ['prod-b', 'TYPED_NAME_WRONG'],
    ['', 'TYPED_NAME_WRONG'],
    [undefined, 'TYPED_NAME_WRONG'],
  ])('is approved by the name of its cluster: %j', (typed, expected) => {
    const { typed: _, ...click } = approveBy(pending, MEI) as Extract<ReturnType<typeof approveBy>, { kind: 'approve' }>
    expect(verdictOn(pending, typed === undefined ? click : { ...click, typed }, AT_ONCE)).toBe(expected)
  })

  test('needs two, who did not ask for it', () => {
    const one = after(pending, approveBy(pending, MEI), AT_ONCE)
    expect(theCard(one).state).toBe('pending')
    expect(verdictOn(one, approveBy(one, MEI), AT_ONCE)).not.toBe('ok')
    expect(verdictOn(one, approveBy(one, LEE), AT_ONCE)).not.toBe('ok')
    expect(theCard(after(one, approveBy(one, SRE), AT_ONCE)).state).toBe('approved')
  })

  test('leaves the run open for as long as OLD can be put back, and no longer', () => {
    const run = retired()
    expect([run.state, run.endedAt, migrationOf(run)]).toEqual(['done', undefined, null])
    expect(run.conditions).toMatchObject([{ type: 'Done', facts: { until: isoOf(T0 + 7 * DAY_MS) } }])
    expect(due(run, AT_ONCE, T0 + 7 * DAY_MS - 1)).toEqual([])
    expect(verdictOn(run, { kind: 'way-back-over' }, AT_ONCE, T0 + 7 * DAY_MS - 1)).toBe('RUN_BUSY')
    expect(due(run, AT_ONCE, T0 + 7 * DAY_MS)).toEqual([{ kind: 'way-back-over' }])
    const ended = after(run, { kind: 'way-back-over' }, AT_ONCE, T0 + 7 * DAY_MS)
    expect([ended.state, ended.endedAt]).toEqual(['ended', isoOf(T0 + 7 * DAY_MS)])
    expect(verdictOn(ended, rollback, AT_ONCE, T0 + 7 * DAY_MS)).toBe('RUN_ENDED')
  })

  test('is taken back first, and then the switch', () => {
    const undone: string[] = []
    const run = allUndone(after(retired(), rollback, AT_ONCE), (step) => void undone.push(step))
    expect(undone.indexOf('retire.uninstall')).toBeLessThan(undone.indexOf('switch.move-tag.default'))
    expect(undone).not.toContain('rehearse.rehearse')
    expect(run.state).toBe('returned')
  })

  test('makes room for the next upgrade before its way back is over', () => {
    const next = after(retired(), { kind: 'replaced', oldIsGone: true })
    expect(next.state).toBe('ended')
  })
})

describe('a run whose OLD somebody else removed', () => {
  test('ends for a new one only when OLD is gone and nobody is asked', () => {
    expect(verdictOn(switched(), { kind: 'replaced', oldIsGone: false })).toBe('RUN_BUSY')
    expect(verdictOn(asked(unused(switched()), AT_ONCE), { kind: 'replaced', oldIsGone: true })).toBe('RUN_BUSY')
    expect(verdictOn(installed(), { kind: 'replaced', oldIsGone: true })).toBe('RUN_BUSY')
    expect(after(switched(), { kind: 'replaced', oldIsGone: true }).state).toBe('ended')
  })
})

describe('on the way back', () => {
  /** Rolled back while pods were on NEW: it stays until nobody uses it. */
  function returning(from: Run = switched()): Run {
    let run = after(from, rollback)
    while (run.state === 'undoing') {
      const going = acting(run)
      const { step, attempt } = atWork(going)
      const stays =
        step === 'install.install' ? { stays: codedOf('NEW_STILL_USED', { revision: '1-31-0', by: [] }) } : {}
      run = after(going, {
        kind: 'step-undone',
        step,
        attempt,
        proofs: [aProof('right', 'default')],
        evidence: [],
        ...stays,
      })
    }
    return run
  }

  const nobodyOnNew = anUnusedLook({ from: ['1-31-0'] })

  test('NEW stays while it is used, and goes once nobody has used it for long enough', () => {
    const run = returning()
    expect([run.state, migrationOf(run)]).toEqual(['returning', { from: ['1-31-0'], to: 'default' }])
    expect(verdictOn(run, { kind: 'new-unused' })).toBe('RUN_BUSY')
    const quiet = after(run, { kind: 'unused-look', look: nobodyOnNew })
    expect(due(quiet, aPolicy(), T0 + DAY_MS - 1)).toEqual([])
    expect(due(quiet, aPolicy(), T0 + DAY_MS)).toEqual([{ kind: 'new-unused' }])
    const going = after(quiet, { kind: 'new-unused' }, aPolicy(), T0 + DAY_MS)
    expect(stepUndone(acting(going)).state).toBe('returned')
  })

  test('that OLD was unused says nothing of NEW: a way back after a quiet day waits for NEW’s own', () => {
    const inUse = after(switched(), { kind: 'unused-look', look: used })
    expect(whyNotQuiet(returning(inUse), 0, T0)?.code).toBe('NOT_COUNTED_YET')
    const run = returning(unused(switched()))
    expect(run.state).toBe('returning')
    expect(due(run, aPolicy(), T0 + 3 * DAY_MS)).toEqual([])
    expect(verdictOn(run, { kind: 'new-unused' }, aPolicy(), T0 + 3 * DAY_MS)).toBe('RUN_BUSY')
  })

  test('an earlier stop ends with the way back; of a later one resume says that the way back goes on', () => {
    const back = returning(after(switched(), stop))
    expect([back.state, back.stopped]).toEqual(['returning', undefined])
    const quiet = after(back, { kind: 'unused-look', look: nobodyOnNew })
    expect(due(quiet, aPolicy(), T0 + DAY_MS)).toEqual([{ kind: 'new-unused' }])
    const held = after(quiet, stop)
    const resumed = after(held, { kind: 'resume', click: aClick(MEI) })
    expect(resumed.pending.at(-1)).toMatchObject({ said: { code: 'RESUMED_BACK' } })
    expect(due(resumed, aPolicy(), T0 + DAY_MS)).toEqual([{ kind: 'new-unused' }])
    const forward = after(after(switched(), stop), { kind: 'resume', click: aClick(MEI) })
    expect(forward.pending.at(-1)).toMatchObject({ said: { code: 'RESUMED' } })
  })

  test('a stopped run removes nothing', () => {
    const quiet = after(after(returning(), { kind: 'unused-look', look: nobodyOnNew }), stop)
    expect(due(quiet, aPolicy(), T0 + DAY_MS)).toEqual([])
    expect(verdictOn(quiet, { kind: 'new-unused' }, aPolicy(), T0 + DAY_MS)).toBe('RUN_BUSY')
  })
})
