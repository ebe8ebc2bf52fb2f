import { expect, test } from '@jest/globals'
import { bullets } from './lists.ts'

test('in a list times and days are in the reader’s zone too, and nothing else is parsed', () => {
  const [{ elements: [list] } = { elements: [] }] = bullets(
    ['the next opens 2026-12-04 09:00 UTC, <!channel> by 2026-12-05'],
    200,
  )
  expect(list).toMatchObject({
    elements: [
      {
        elements: [
          { type: 'text', text: 'the next opens ' },
          {
            type: 'date',
            timestamp: 1796374800,
            format: '{date_short_pretty} {time}',
            fallback: '2026-12-04 09:00 UTC',
          },
          { type: 'text', text: ', <!channel> by ' },
          { type: 'date', timestamp: 1796464800, format: '{date_short_pretty}', fallback: '2026-12-05' },
        ],
      },
    ],
  })
})
