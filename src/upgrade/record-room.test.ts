import { describe, expect, test } from '@jest/globals'
import {
  acting,
  after,
  approveBy,
  asked,
  installed,
  installing,
  stepDone,
  verdictOn,
} from '../../test/support/played-run.ts'
import { LOUD } from '../../test/support/loud.ts'
import { aClick, aPolicy, aStanding, MEI, T0 } from '../../test/support/run-builders.ts'
import { RECORD_LIMIT, type Run } from '../wire/run.ts'
import { decide } from './decide.ts'
import { nextId } from './draft.ts'

const RESUME = { kind: 'resume', click: aClick(MEI) } as const

/** A cause comes and goes so often while the audit can't be written. */
function flapping(run: Run, often: number): Run {
  return Array.from({ length: often }).reduce<Run>((now) => {
    const raised = after(now, { kind: 'alarm', id: nextId(now, 'alarm'), key: 'k', what: LOUD.said('ALARM_GAP') })
    return after(raised, { kind: 'alarm-over', key: 'k' })
  }, run)
}

function applied(run: Run): Run {
  return after(run, { kind: 'effects-applied', ids: run.pending.map(({ id }) => id) })
}

/** Beyond what going forward may fill, and far from what can be saved. */
const FLAPS = 12

describe('a record that going forward may not fill any further', () => {
  test('takes no approval and no start, and says why; what was decided before stays', () => {
    const full = flapping(asked(), FLAPS)
    const facts = { bytes: expect.any(Number), limit: 176 * 1024 }
    expect(decide(full, approveBy(full), aPolicy(), T0)).toEqual({ ok: false, refusal: { code: 'RECORD_FULL', facts } })
    expect(verdictOn(applied(full), approveBy(full))).toBe('ok')
  })

  test('keeps the outcome of the step at work, and halts before the next', () => {
    const halted = stepDone(flapping(acting(installing()), FLAPS))
    expect(halted.steps[0]?.state).toBe('done')
    expect([halted.state, halted.halted?.code]).toEqual(['halted', 'RECORD_FULL'])
    expect(halted.pending.filter(({ kind }) => kind === 'step')).toHaveLength(1)
    expect(verdictOn(halted, RESUME)).toBe('RECORD_FULL')
    const going = after(applied(halted), RESUME)
    expect(going.pending).toContainEqual(expect.objectContaining({ kind: 'step', step: 'install.install' }))
  })

  test('halts where its card would be made, and waits for it again once there is room', () => {
    const full = flapping(installed(), FLAPS)
    const halted = after(full, { kind: 'ask', id: 'ap-1', standing: aStanding('switch') })
    expect([halted.state, halted.halted?.code, halted.cards.length]).toEqual(['halted', 'RECORD_FULL', 1])
    expect(after(applied(halted), RESUME).state).toBe('waiting')
  })

  test('lets everybody go back who may', () => {
    const full = stepDone(flapping(acting(installing()), FLAPS))
    expect(verdictOn(full, { kind: 'rollback', click: LOUD.click(MEI), reason: '' })).toBe('ok')
  })
})

test('an audit that can not be written for days does not fill the record: it will get a line that says how many it lacks', () => {
  const run = flapping(acting(installing()), 300)
  expect(Buffer.byteLength(JSON.stringify(run))).toBeLessThan(RECORD_LIMIT)
  const lines = run.pending.flatMap((effect) => (effect.kind === 'audit' ? [effect.what] : []))
  const lacking = lines.find(({ code }) => code === 'AUDIT_SHORTENED')?.facts['lines']
  expect(lines.length - 1 + Number(lacking)).toBe(600 + 3)
})
