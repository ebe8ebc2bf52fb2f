import { describe, expect, test } from '@jest/globals'
import { aProof } from '../../test/support/run-builders.ts'
import type { Mesh } from '../istio/mesh.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Proof } from '../wire/run.ts'
import { injectionAlarms, isUnprovenYet } from './injection-alarms.ts'

const NOBODY = () => []
const MESH = { mutatingWebhooks: [] } as unknown as Mesh

function wrong(name: string, change: Partial<Proof> = {}): Proof {
  return { ...aProof('wrong', null), class: name, because: codedOf('PROBE_NOT_INJECTED'), ...change }
}

describe('alarms from proofs', () => {
  test('one for one cause, whatever number of classes it reaches', () => {
    const proofs = Array.from({ length: 60 }, (_, i) => wrong(`tag:t${i}`, { namespace: `ns-${i}` }))
    const alarms = [...injectionAlarms(MESH, [...proofs, aProof('right')], NOBODY).values()]
    expect(alarms).toHaveLength(1)
    expect(alarms[0]).toMatchObject({ code: 'ALARM_GAP', facts: { moreClasses: 40, more: 40 } })
  })

  test('two causes are two alarms', () => {
    const drift = wrong('enabled', { found: 'default', because: codedOf('PROBE_OTHER_REVISION') })
    expect([...injectionAlarms(MESH, [wrong('enabled'), drift], NOBODY).values()].map(({ code }) => code)).toEqual([
      'ALARM_GAP',
      'ALARM_DRIFT',
    ])
  })

  test('an alarm is not over while its class can not be proven, and is when it is right', () => {
    const [what = codedOf('X')] = [...injectionAlarms(MESH, [wrong('tag:prod(none)')], NOBODY).values()]
    const alarm = { id: 'a', key: 'k', what, at: '2026-03-02T10:00:00.000Z' }
    expect(isUnprovenYet(alarm, [{ ...aProof('unprovable'), class: 'tag:prod' }])).toBe(true)
    expect(isUnprovenYet(alarm, [{ ...aProof('right'), class: 'tag:prod' }])).toBe(false)
    expect(isUnprovenYet(alarm, [{ ...aProof('unprovable'), class: 'enabled' }])).toBe(false)
  })
})
