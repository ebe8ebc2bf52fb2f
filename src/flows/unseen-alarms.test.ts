import { describe, expect, test } from '@jest/globals'
import { aProof } from '../../test/support/run-builders.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Proof } from '../wire/run.ts'
import { blindAlarm, newUnseen, unprovenAlarms } from './unseen-alarms.ts'

const QUOTA = codedOf('PROBE_QUOTA', { quota: 'compute' })

function about(name: string, verdict: Proof['verdict'], change: Partial<Proof> = {}): Proof {
  const because = verdict === 'right' ? {} : { because: QUOTA }
  return { ...aProof(verdict), class: name, via: ['10.0.0.1:6443'], ...because, ...change }
}

/** What is told after the same look, again and again at these seconds. */
function toldAt(proofs: readonly Proof[], ...seconds: readonly number[]): readonly (readonly string[])[] {
  const unseen = newUnseen()
  return seconds.map((at) => {
    const look = { beganMs: at * 1000, nowMs: at * 1000 }
    return [...unprovenAlarms(unseen, proofs, look).values()].map(({ code }) => code)
  })
}

describe('what cannot be seen', () => {
  test('is told when it lasts: at the second look, a few seconds later', () => {
    expect(toldAt([about('enabled', 'unprovable'), about('tag:prod', 'right')], 0, 5, 10)).toEqual([
      [],
      ['ALARM_UNPROVEN'],
      ['ALARM_UNPROVEN'],
    ])
  })

  test('is not told at once after a step during which nobody looked', () => {
    const unseen = newUnseen()
    const at = (seconds: number) =>
      unprovenAlarms(unseen, [about('enabled', 'unprovable'), about('tag:prod', 'right')], {
        beganMs: seconds * 1000,
        nowMs: seconds * 1000,
      }).size
    expect(at(0)).toBe(0)
    unseen.forget()
    expect([at(60), at(65)]).toEqual([0, 1])
  })

  test('is not told when it was seen in between', () => {
    const unseen = newUnseen()
    const at = (seconds: number, verdict: Proof['verdict']) =>
      unprovenAlarms(unseen, [about('enabled', verdict), about('tag:prod', 'right')], {
        beganMs: seconds * 1000,
        nowMs: seconds * 1000,
      }).size
    expect([at(0, 'unprovable'), at(3, 'right'), at(5, 'unprovable'), at(7, 'unprovable')]).toEqual([0, 0, 0, 0])
  })

  test('all classes unproven is blindness, one alarm; a wrong answer is none of it', () => {
    const all = [about('enabled', 'unprovable'), about('tag:prod', 'unprovable')]
    expect(toldAt(all, 0, 5)).toEqual([[], ['ALARM_BLIND']])
    expect(toldAt([about('enabled', 'wrong')], 0, 5)).toEqual([[], []])
  })

  test('one full namespace says nothing of its class while another one of it answers', () => {
    expect(toldAt([about('enabled', 'unprovable'), about('enabled', 'right', { namespace: 'b' })], 0, 5)).toEqual([
      [],
      [],
    ])
  })

  test('one API server that does not answer is told, though the other one does', () => {
    const silent = { via: ['10.0.0.2:6443'], because: codedOf('PROBE_API_UNREACHABLE', {}) }
    const proofs = [about('enabled', 'right'), about('enabled', 'unprovable', silent)]
    expect(toldAt(proofs, 0, 5)).toEqual([[], ['ALARM_UNPROVEN']])
  })

  test('a namespace that is being deleted is nothing to prove', () => {
    const going = about('tag:prod', 'unprovable', { because: codedOf('PROBE_NAMESPACE_TERMINATING', {}) })
    expect(toldAt([going, about('enabled', 'right')], 0, 5)).toEqual([[], []])
  })

  test('a look that waited for its deadline has seen nothing since it began', () => {
    const alarms = blindAlarm(newUnseen(), codedOf('CLUSTER_FORBIDDEN', { verb: 'list' }), {
      beganMs: 0,
      nowMs: 15_000,
    })
    expect([...alarms.values()]).toEqual([codedOf('ALARM_BLIND', { verb: 'list', because: 'CLUSTER_FORBIDDEN' })])
  })
})
