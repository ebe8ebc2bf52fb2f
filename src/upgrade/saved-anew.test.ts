import { describe, expect, test } from '@jest/globals'
import { after, atWork, oldGoing, rehearsed, stepDone, switched } from '../../test/support/played-run.ts'
import { MEI, aClick, aHolder } from '../../test/support/run-builders.ts'
import type { Run } from '../wire/run.ts'
import { queuedStep } from './due.ts'
import { codedOf } from './event.ts'

const stop = { kind: 'stop', click: aClick(MEI) } as const
const resume = { kind: 'resume', click: aClick(MEI) } as const
const unreachable = codedOf('CLUSTER_UNREACHABLE')

/** Begins the queued step, and acts where `changes` says so: a save never does. */
function began(run: Run, changes: boolean): Run {
  const queued = queuedStep(run)
  if (!queued) throw new Error('no step is queued')
  const { step, attempt, direction } = queued
  const about = { step, attempt, holder: aHolder() }
  const begun = after(run, { kind: 'step-began', ...about, direction })
  return changes ? after(begun, { kind: 'step-acts', ...about, changes }) : begun
}

function halted(run: Run): Run {
  return after(run, { kind: 'step-failed', ...atWork(run), proofs: [], error: unreachable, way: 'halt' })
}

describe.each([
  ['rehearse', () => oldGoing(switched())],
  ['retire', () => oldGoing(rehearsed())],
] as const)('what the phase %s saved of OLD', (phase, started) => {
  const saved = (): Run => stepDone(began(started(), false))
  const acts = phase === 'rehearse' ? 'rehearse.rehearse' : 'retire.uninstall'

  test('is saved anew when people take it up after a halt, under another name', () => {
    const going = after(halted(began(saved(), false)), resume)
    expect(queuedStep(going)).toMatchObject({ step: `${phase}.save`, direction: 'forward' })
    const first = saved().steps.find(({ id }) => id === `${phase}.save`)?.attempt ?? 0
    expect(queuedStep(going)?.attempt).toBeGreaterThan(first)
    expect(queuedStep(stepDone(began(going, false)))).toMatchObject({ step: acts })
  })

  test('and after a stop', () => {
    const stopped = stepDone(after(began(started(), false), stop))
    expect(queuedStep(stopped)).toBeNull()
    expect(queuedStep(after(stopped, resume))).toMatchObject({ step: `${phase}.save` })
  })

  test('stays when another worker takes the phase up', () => {
    const left = began(saved(), false)
    expect(queuedStep(after(left, { kind: 'taken-over', ...atWork(left) }))).toMatchObject({ step: acts })
  })

  test('stays once the phase has acted: of what is left then nothing whole could be saved', () => {
    expect(queuedStep(after(halted(began(saved(), true)), resume))).toMatchObject({ step: acts })
  })
})
