import { describe, expect, test } from '@jest/globals'
import { acting, after, asked, atWork, installed, installing, verdictOn } from '../../test/support/played-run.ts'
import { aClick, aPolicy, LEE } from '../../test/support/run-builders.ts'
import type { Run } from '../wire/run.ts'
import { openCard } from './cards.ts'
import { nextId } from './draft.ts'
import type { RunEvent } from './event.ts'

const BY = { name: 'kubernetes-admin (mei)', reason: 'Slack is away' }
const NOBODY_LISTED = aPolicy({ rollback: { from: [], own: false }, request: [] })

function stop(run: Run): RunEvent {
  return { kind: 'stop-by-hand', id: nextId(run, 'alarm'), by: BY }
}

function rollBack(run: Run): RunEvent {
  return { kind: 'rollback-by-hand', id: nextId(run, 'alarm'), by: BY }
}

function audited(run: Run): readonly string[] {
  return run.pending.flatMap((effect) => (effect.kind === 'audit' ? [effect.what.code] : []))
}

describe('by hand, from a terminal', () => {
  test('a stop lets nothing new start, is audited with name and reason, and tells everybody by an alarm', () => {
    const run = asked()
    const stopped = after(run, stop(run), NOBODY_LISTED)
    expect(stopped.stopped?.byHand).toBe(BY.name)
    expect(audited(stopped)).toContain('STOPPED_BY_HAND')
    const [alarm] = stopped.alarms
    expect(alarm?.what).toEqual({ code: 'STOPPED_BY_HAND', facts: BY })
    expect(stopped.messages[alarm?.id ?? '']).toBe(1)
    expect(verdictOn(stopped, stop(stopped))).toBe('STOPPED_ALREADY')
  })

  test('a listed person lets it go on, which ends the alarm', () => {
    const run = asked()
    const resumed = after(after(run, stop(run)), { kind: 'resume', click: aClick(LEE) })
    expect(resumed.stopped).toBeUndefined()
    expect(resumed.alarms[0]?.endedAt).toBeDefined()
  })

  test('the way back begins whoever is listed, ends the open card, and says why', () => {
    const run = asked(installed())
    const back = after(run, rollBack(run), NOBODY_LISTED)
    expect(openCard(back)).toBeUndefined()
    expect(back.state).toBe('undoing')
    expect(back.rollback).toMatchObject({ because: { code: 'ROLLBACK_BY_HAND', facts: BY } })
    expect(back.rollback?.who).toBeUndefined()
    expect(audited(back)).toContain('ROLLBACK_BY_HAND')
    expect(verdictOn(back, rollBack(back))).toBe('ROLLING_BACK')
  })

  test('a step at work is cancelled first', () => {
    const run = acting(installing())
    const back = after(run, rollBack(run))
    expect(back.pending).toContainEqual(expect.objectContaining({ kind: 'cancel-step', step: atWork(run).step }))
  })
})
