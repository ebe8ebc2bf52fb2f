import { describe, expect, test } from '@jest/globals'
import { aClick, aPlan, aPolicy, aRun, LEE, MEI, SRE, T0 } from '../../test/support/run-builders.ts'
import {
  acting,
  after,
  approveBy,
  asked,
  installed,
  retired,
  startBy,
  stepDone,
  switched,
  switching,
  theCard,
} from '../../test/support/played-run.ts'
import type { RunEvent } from './event.ts'
import { decide } from './decide.ts'
import type { Run } from '../wire/run.ts'

const STOP: RunEvent = { kind: 'stop', click: aClick(LEE) }
const DAY = 24 * 3_600_000

function answerTo(run: Run, event: RunEvent = STOP, nowMs = T0): Readonly<Record<string, unknown>> {
  const decided = decide(run, event, aPolicy(), nowMs)
  if (!decided.ok) return { ...decided.refusal.facts, code: decided.refusal.code }
  const verdict = decided.run.pending.findLast(({ kind }) => kind === 'verdict')
  if (verdict?.kind !== 'verdict') throw new Error('nobody was told')
  return { ...verdict.said.facts, code: verdict.said.code }
}

describe('where the old one is retired nothing runs that could be stopped', () => {
  const last = { from: '1.30.0', to: '1.31.0', at: expect.any(String), until: expect.any(String) }

  test('that is said, with how it ended and until when it can be put back', () => {
    expect(answerTo(retired())).toEqual({ code: 'NOTHING_TO_STOP', ...last })
  })

  test('from a terminal too', () => {
    const byHand = { kind: 'stop-by-hand', id: 'alarm-1', by: { name: 'sam', reason: 'late' } } as const
    expect(answerTo(retired(), byHand)).toEqual({ code: 'NOTHING_TO_STOP', ...last })
  })

  test('nor where it was stopped before', () => {
    const before: Run = { ...retired(), stopped: { who: LEE, at: '2026-11-24T09:00:00.000Z' } }
    expect(answerTo(before)).toMatchObject({ code: 'NOTHING_TO_STOP' })
  })
})

describe('whoever stops is told what new pods get, and offered the way back', () => {
  test('before anything was changed: the old one, and nothing to go back from', () => {
    expect(answerTo(asked())).toMatchObject({ code: 'STOPPED', gets: '1.30' })
    expect(answerTo(asked())).not.toHaveProperty('run')
  })

  test('with the new one beside it: the old one, and going back only removes the new one', () => {
    const run = installed()
    expect(answerTo(run)).toMatchObject({ gets: '1.30', run: run.id, before: '1.30', after: '1.31', removes: true })
  })

  test('in the middle of the switch: nobody can say one version', () => {
    const moving = acting(stepDone(acting(switching())))
    expect(answerTo(moving)).toMatchObject({ between: ['1.30', '1.31'], running: 'switch.move-tag.default' })
    expect(answerTo(moving)).toMatchObject({ run: moving.id, removes: false })
    expect(answerTo(moving)).not.toHaveProperty('gets')
  })

  test('after the switch: the new one', () => {
    const run = switched()
    expect(answerTo(run)).toMatchObject({ gets: '1.31', run: run.id, before: '1.30', after: '1.31', removes: false })
  })

  test('with two old ones and nothing switched: what they are, and not something between', () => {
    const [old] = aPlan().from
    const second = { revision: '1-29-0', version: '1.30.0' }
    const plan = aPlan({ from: [...(old ? [old] : []), second] })
    const [first, ...others] = plan.classes
    const classes = first ? [first, { ...first, key: 'tag:other', before: second.revision }, ...others] : []
    expect(answerTo(asked(aRun({ ...plan, classes })))).toMatchObject({ gets: '1.30' })
  })

  test('in full where only the patch differs, and not at all where nobody moves', () => {
    const plan = aPlan({
      from: [{ revision: 'default', version: '1.31.0' }],
      to: { revision: '1-31-2', version: '1.31.2' },
    })
    expect(answerTo(asked(aRun(plan)))).toMatchObject({ gets: '1.31.0' })
    const quiet = aPlan({ classes: [] })
    expect(answerTo(asked(aRun(quiet)))).not.toHaveProperty('gets')
  })
})

describe('whoever comes late is told', () => {
  const pending = asked(installed())
  const one = after(pending, approveBy(pending, MEI))
  const two = after(one, approveBy(one, SRE))
  const at = new Date(T0).toISOString()

  test('who approved, and who started', () => {
    expect(answerTo(two, approveBy(two, MEI))).toMatchObject({
      code: 'CARD_APPROVED_ALREADY',
      who: ['U0MEI', 'U0SRE'],
      at,
    })
    const started = after(two, startBy(two, LEE))
    expect(answerTo(started, startBy(two, MEI))).toMatchObject({ code: 'CARD_STARTED_ALREADY', who: 'U0LEE', at })
  })

  test('whom to ask, once it expired: before the worker has looked and after', () => {
    const late = { code: 'CARD_EXPIRED', requester: 'U0LEE', at: theCard(pending).expiresAt }
    expect(answerTo(pending, approveBy(pending), T0 + DAY)).toMatchObject(late)
    const expired = after(pending, { kind: 'expired', card: theCard(pending).id }, aPolicy(), T0 + DAY)
    expect(answerTo(expired, approveBy(pending), T0 + DAY)).toMatchObject(late)
  })

  test('what changed, and which card is the newer one', () => {
    const other = aPolicy({ approve: { switch: { need: 3, from: ['S0PLATFORM'] } } })
    const replaced = after(pending, { kind: 'policy-changed' }, other)
    expect(answerTo(replaced, approveBy(pending))).toMatchObject({
      code: 'CARD_SUPERSEDED',
      because: 'POLICY_CHANGED',
      at,
    })
    expect(answerTo(replaced, approveBy(pending))).not.toHaveProperty('newer')
    const id = 'ap-01jd9q4t7h0000000000000009'
    const { standing } = approveBy(pending) as Extract<RunEvent, { kind: 'approve' }>
    const anew = after(replaced, { kind: 'ask', id, standing }, other)
    expect(answerTo(anew, approveBy(pending))).toMatchObject({ code: 'CARD_SUPERSEDED', newer: id })
  })
})
