import { expect, test } from '@jest/globals'
import { afterClosing, keyOf, withoutPress, withPress } from './pressed.ts'

const approve = { channel: 'C0PROD', ts: '5.0', actionId: 'approval.approve', blockId: 'b', value: 'ap.1', element: {} }
const plan = keyOf({ ...approve, actionId: 'approval.plan' }, 'U0MEI')
const [byMei, byJonas] = [keyOf(approve, 'U0MEI'), keyOf(approve, 'U0JON')]

test('a dialog that is closed takes back only the press that opened it', () => {
  const pressed = withPress(withPress(new Set([plan, byMei]), byJonas), plan)
  expect([...afterClosing(pressed, 'U0MEI')]).toEqual([byMei, byJonas])
  expect([...afterClosing(pressed, 'U0LEE')]).toEqual([byMei, byJonas, plan])
})

test('a press that did not arrive is taken back in any revision of its card', () => {
  const later = keyOf({ ...approve, value: 'ap.2' }, 'U0MEI')
  expect([...withoutPress(new Set([byMei, byJonas]), later)]).toEqual([byJonas])
})
