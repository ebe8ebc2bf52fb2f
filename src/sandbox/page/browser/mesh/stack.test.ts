import { expect, test } from '@jest/globals'
import { stackLayers, topOf } from './stack.ts'

const at = (moment: number, old: number, now: number) => ({ at: moment, byVersion: { old, now } })

test.each([
  [1200, 1200],
  [1217, 1400],
  [62, 62],
  [63, 64],
  [0, 2],
])('an axis over %i pods ends at %i, and its half is a whole number', (pods, top) => {
  expect(topOf([at(0, pods, 0)])).toBe(top)
  expect(Number.isInteger(top / 2)).toBe(true)
})

test('layers stand on each other, from the ground up to the top of the axis', () => {
  const layers = stackLayers([at(0, 100, 0), at(10, 50, 50)], ['now', 'old'], 200, { width: 40, height: 80 })
  expect(layers).toEqual([
    { version: 'now', points: '0,80 40,60 40,80 0,80' },
    { version: 'old', points: '0,40 40,40 40,60 0,80' },
  ])
})
