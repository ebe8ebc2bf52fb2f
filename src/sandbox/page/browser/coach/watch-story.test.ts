import { expect, test } from '@jest/globals'
import type { StoryPart } from '../../page-parts.ts'
import type { PageState } from '../../page-state.ts'
import { coach } from './coach.ts'

/** What the guide says while the cast plays, before it looks at anything else. */
function saysOf(change: Pick<StoryPart, 'state' | 'says'>): string {
  const story: StoryPart = { name: 'smooth', about: 'the whole upgrade', ...change }
  const visitor = { pressed: new Set<string>(), askedFor: null, quietFor: 60_000, reported: false }
  const { say, act } = coach({ page: { story } as PageState, ...visitor })
  expect(act).toBeNull()
  return say
}

test('a story that plays asks nothing of who watches, and says what is done; it says how it ended', () => {
  const plays = saysOf({ state: 'plays', says: 'Mei presses “Approve”.' })
  expect(plays).toBe('The story “smooth”, played by its cast; you watch. Mei presses “Approve”.')
  expect(saysOf({ state: 'ended', says: '' })).toContain('has ended as told: the whole upgrade.')
  expect(saysOf({ state: 'failed', says: 'not as told: x' })).toBe('The story “smooth”: not as told: x')
})
