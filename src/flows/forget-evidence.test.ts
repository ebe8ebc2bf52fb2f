import { expect, test } from '@jest/globals'
import { newLog } from '../kernel/log.ts'
import type { Removal } from '../ports/audit-storage.ts'
import { newForgetting } from './forget-evidence.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOW = Date.parse('2026-11-24T12:00:00Z')

/** A worker whose folder answers so, one look after the other, at these moments. */
async function looks(keepMs: number | undefined, moments: readonly number[], answer: Removal) {
  const asked: (readonly [string, number])[] = []
  const lines: string[] = []
  let forgotten = 0
  let nowMs = 0
  const forget = newForgetting(
    {
      settings: { cluster: 'prod-a', ...(keepMs === undefined ? {} : { evidenceKeepMs: keepMs }) },
      clocks: { calendar: { now: () => nowMs } },
      log: newLog('info', 'worker', (line) => lines.push(line)),
      evidenceFiles: {
        write: async () => [],
        removeOlder: async (cluster, beforeMs) => {
          asked.push([cluster, beforeMs])
          return answer
        },
      },
    },
    () => void (forgotten += 1),
  )
  for (const moment of moments) {
    nowMs = moment
    await forget()
  }
  return { asked, forgotten, log: lines.join('') }
}

const NOTHING: Removal = { removed: [], failed: [] }

test('it is looked at once and then every few hours, for what is older than the file says', async () => {
  const { asked, forgotten } = await looks(
    400 * DAY_MS,
    [NOW, NOW + 1000, NOW + 5 * HOUR_MS, NOW + 6 * HOUR_MS],
    NOTHING,
  )
  expect(asked).toEqual([
    ['prod-a', NOW - 400 * DAY_MS],
    ['prod-a', NOW + 6 * HOUR_MS - 400 * DAY_MS],
  ])
  expect(forgotten).toBe(0)
})

test('where the file says nothing, nothing is removed', async () => {
  expect(await looks(undefined, [NOW], NOTHING)).toEqual({ asked: [], forgotten: 0, log: '' })
})

test('what went is said, and the report is owed anew; what did not go is a loud line and nothing else', async () => {
  const gone = await looks(DAY_MS, [NOW], { removed: ['/evidence/a.json'], failed: [] })
  expect([gone.forgotten, gone.log]).toEqual([1, expect.stringContaining('/evidence/a.json')])
  const stuck = await looks(DAY_MS, [NOW], { removed: [], failed: [{ path: '/evidence/b.json', message: 'EROFS' }] })
  expect(stuck.forgotten).toBe(0)
  expect(stuck.log).toMatch(/EVIDENCE_NOT_REMOVED.*b\.json.*EROFS/)
})
