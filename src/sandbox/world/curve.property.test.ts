import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Curve } from './curve.ts'
import { withPoint } from './curve.ts'

const grow = (times: readonly number[]): Curve =>
  times.reduce<Curve>((curve, at) => withPoint(curve, { at, byVersion: {} }), [])

test('however fast the calendar runs: in order, at most 120 points, the first is kept, no part is lost', () => {
  const gaps = fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 3_000_000 })), {
    minLength: 1,
    maxLength: 800,
  })
  fc.assert(
    fc.property(gaps, (steps) => {
      let at = 0
      const times = steps.map((step) => (at += step))
      const curve = grow(times)
      const kept = curve.map((point) => point.at)
      expect(kept.length).toBeLessThanOrEqual(120)
      expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b))
      expect(kept[0]).toBe(times[0])
      const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
      expect((times.at(-1) ?? 0) - (kept.at(-1) ?? 0)).toBeLessThanOrEqual(span / 60)
    }),
    { numRuns: 60 },
  )
})

test('fills up evenly at one pace', () => {
  const kept = grow(Array.from({ length: 5000 }, (_, index) => index * 250)).map(({ at }) => at)
  expect(kept.length).toBeGreaterThan(50)
  const gaps = kept.slice(1).map((at, index) => at - (kept[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThan((5000 * 250) / 30)
})
