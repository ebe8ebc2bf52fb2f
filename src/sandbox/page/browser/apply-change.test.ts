import { expect, test } from '@jest/globals'
import { applyChange, type Values } from './apply-change.ts'

const message = (ts: string, text: string) => ({ channel: 'C1', ts, text })

test('messages are put in order, changed and taken away; what did not change stays the same object', () => {
  const values: Values = new Map()
  const first = applyChange(values, null, {
    set: {
      mesh: { pods: 1 },
      demo: { me: 'U1' },
      'm:C1:2.0': message('2.0', 'two'),
      'm:C1:1.0': message('1.0', 'one'),
    },
    gone: [],
  })
  expect(first).toMatchObject({ mesh: { pods: 1 }, messages: [{ text: 'one' }, { text: 'two' }] })

  const second = applyChange(values, first, { set: { mesh: { pods: 2 } }, gone: [] })
  expect(second).toMatchObject({ mesh: { pods: 2 }, demo: { me: 'U1' } })
  expect(second.messages).toBe(first.messages)
  expect(second.demo).toBe(first.demo)

  const third = applyChange(values, second, { set: { 'm:C1:1.0': message('1.0', 'one, edited') }, gone: ['m:C1:2.0'] })
  expect(third).toMatchObject({ messages: [{ text: 'one, edited' }] })
  expect(third.messages).toHaveLength(1)
})
