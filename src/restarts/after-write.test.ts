import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { afterPlan, afterUnread, afterWrite, atItsTime, written } from './advance.ts'
import { record, STAMP, T0, workload, type Change } from './parts-for-tests.ts'
import { healthOf } from './rollout.ts'
import { hasLapsed, isDue, mayPick, offeredTime } from './when.ts'

describe('how far it is', () => {
  test.each([
    ['all new and available', workload(), 'done'],
    ['the controller has not looked yet', workload({ status: { observedGeneration: 3 } }), 'going'],
    ['one is not new', workload({ status: { updatedReplicas: 2 } }), 'going'],
    ['one is not available', workload({ status: { availableReplicas: 2 } }), 'going'],
    ['old ones are left', workload({ status: { replicas: 4 } }), 'going'],
    [
      'Kubernetes gave it up',
      workload({
        status: { conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded', message: 'timed out' }] },
      }),
      { code: 'RESTART_STUCK', facts: { message: 'timed out' } },
    ],
    [
      'a DaemonSet',
      workload({
        kind: 'DaemonSet',
        status: { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 },
      }),
      'done',
    ],
    [
      'a StatefulSet of a Kubernetes that counts no available pods',
      workload({ kind: 'StatefulSet', status: { availableReplicas: undefined, readyReplicas: 2 } as never }),
      'going',
    ],
  ])('%s', (_name, object, end) => {
    expect(healthOf(object).end).toEqual(end)
  })

  const running = written(record(), T0)
  const stamped = (change: Change = {}) => workload({ stamp: STAMP, ...change })
  test.each([
    ['healthy', stamped(), 0, { state: 'done', counts: { wanted: 3, updated: 3, available: 3 } }],
    ['on its way', stamped({ status: { updatedReplicas: 1 } }), 0, { state: 'running', counts: { updated: 1 } }],
    [
      'too slow',
      stamped({ status: { updatedReplicas: 1 } }),
      60_001,
      { state: 'failed', because: { code: 'RESTART_SLOW' } },
    ],
    ['changed by somebody else', workload({ stamp: 'other' }), 0, { because: { code: 'RESTART_OVERTAKEN' } }],
    ['gone', null, 0, { state: 'failed', because: { code: 'RESTART_GONE' } }],
  ])('after the write: %s', (_name, object, later, after) => {
    expect(afterWrite(running, object, 60_000, T0 + later)).toMatchObject({ ...after, revision: running.revision + 1 })
  })

  const late = 1_200_001
  test.each([
    ['is looked at again', 'CLUSTER_UNREACHABLE', late - 1, 'running'],
    ['for as long as it may take', 'CLUSTER_UNREACHABLE', late, 'failed'],
    ['not at all where the right is missing', 'CLUSTER_FORBIDDEN', 0, 'failed'],
  ])('unread: %s', (_name, code, later, state) => {
    const why = { code, facts: {} }
    const after = afterUnread(running, why, late - 1, T0 + later)
    expect(after).toMatchObject({ state, ...(state === 'failed' ? { because: why } : {}) })
  })

  test('nothing new changes nothing', () => {
    const going = stamped({ status: { updatedReplicas: 1 } })
    const seen = afterWrite(running, going, 60_000, T0)
    expect(afterWrite(seen, going, 60_000, T0 + 1)).toBe(seen)
  })
})

describe('a picked time', () => {
  const hours = { window: { days: [1, 2, 3, 4, 5], from: 600, to: 1080 }, zone: 'Europe/Berlin', lastDay: '2026-12-04' }
  test.each([
    ['in working hours', '2026-12-02T09:30:00.000Z', undefined],
    ['past', '2026-12-01T08:00:00.000Z', 'RESTART_TIME_AWAY'],
    ['in two months', '2027-02-01T10:00:00.000Z', 'RESTART_TIME_AWAY'],
    ['before they begin in the team’s zone', '2026-12-02T08:30:00.000Z', 'RESTART_TIME_CLOSED'],
    ['on a Saturday', '2026-12-05T10:00:00.000Z', 'RESTART_TIME_CLOSED'],
    ['after the deadline', '2026-12-07T10:00:00.000Z', 'RESTART_TIME_LATE'],
  ])('%s', (_name, due, code) => {
    expect(mayPick(due, hours, T0)?.code).toBe(code)
  })

  test('the one that is offered may be picked', () => {
    const moments = fc.integer({ min: T0, max: T0 + 14 * 86_400_000 })
    fc.assert(
      fc.property(moments, (nowMs) => {
        const offered = new Date(offeredTime(hours, nowMs)).toISOString()
        expect(mayPick(offered, { ...hours, lastDay: undefined }, nowMs)).toBeNull()
      }),
      { numRuns: 50 },
    )
  })

  test('is due from its moment on, for an hour', () => {
    expect([-1, 0, 3_600_000, 3_600_001].map((later) => isDue(STAMP, T0 + later))).toEqual([
      'not yet',
      'now',
      'now',
      'missed',
    ])
  })

  const planned = record({ state: 'planned', due: STAMP })
  const outlook = { over: null, moved: false }
  const turned = { code: 'RESTART_TURNED', facts: {} }
  test.each([
    ['not yet', outlook, -1, { state: 'planned' }],
    ['its time', outlook, 0, { state: 'planned' }],
    ['moved by itself', { ...outlook, moved: true }, -1, { state: 'dropped', because: { code: 'RESTART_NOT_NEEDED' } }],
    ['can never begin', { ...outlook, over: turned }, -1, { state: 'dropped', because: turned }],
    ['what moved on the way back did not move', { over: turned, moved: true }, -1, { because: turned }],
    ['missed', outlook, 3_600_001, { state: 'dropped', because: { code: 'RESTART_MISSED' } }],
  ])('%s', (_name, seen, later, after) => {
    expect(afterPlan(planned, seen, T0 + later)).toMatchObject(after)
  })

  test.each([
    ['begun', { object: workload() }, { state: 'asked', stamp: STAMP, askedAt: '2026-12-01T10:00:00.000Z' }],
    ['not while nobody has counted', { because: { code: 'CENSUS_STALE', facts: {} } }, planned],
    ['an alarm', { because: { code: 'ALARM_OPEN', facts: {} } }, { state: 'dropped', because: { code: 'ALARM_OPEN' } }],
    [
      'changed',
      { object: workload({ spec: { paused: true } }) },
      { state: 'dropped', because: { code: 'RESTART_CHANGED' } },
    ],
    ['made anew', { object: workload({ meta: { uid: 'u2' } }) }, { because: { code: 'RESTART_GONE' } }],
  ])('at its time: %s', (_name, judged, after) => {
    expect(atItsTime(planned, judged, T0, T0 + 3_600_000)).toMatchObject(after)
  })

  test('a write lapses two minutes after it was due, by the machine’s clock where that is known', () => {
    const asked = { at: STAMP, stamp: STAMP }
    expect([120_000, 120_001].map((later) => hasLapsed(asked, T0 + later))).toEqual([false, true])
    expect(hasLapsed({ ...asked, askedAt: '2026-12-01T10:00:00.000Z' }, T0 + 3_600_000)).toBe(false)
  })
})
