import { expect, test } from '@jest/globals'
import { aProof } from '../../test/support/run-builders.ts'
import { codedOf } from '../upgrade/event.ts'
import { newcomerAlarms } from './newcomer-alarms.ts'

test.each([
  ['PROBE_NO_SIDECAR', 'ALARM_UNSERVED'],
  ['PROBE_INJECTOR_FAILED', 'ALARM_UNSERVED'],
  ['PROBE_DOUBLE', 'ALARM_UNSERVED'],
  ['PROBE_OTHER_REVISION', 'ALARM_UNPLANNED'],
])('a class that came after the plan and gets %s: %s', (because, code) => {
  const alarms = newcomerAlarms([{ ...aProof('wrong'), class: 'tag:blue', because: codedOf(because) }, aProof('right')])
  expect([...alarms.values()]).toEqual([expect.objectContaining({ code })])
})
