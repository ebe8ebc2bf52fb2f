import { expect, test } from '@jest/globals'
import { ACTIONS } from './action-ids.ts'
import { CLICKS } from './clicks.ts'

test('every action id has a handler, and none is without a button', () => {
  expect(Object.keys(CLICKS).toSorted()).toEqual(Object.values(ACTIONS).toSorted())
})
