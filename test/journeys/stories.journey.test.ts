import { expect, test } from '@jest/globals'
import { STORIES } from '../../src/sandbox/stories/stories.ts'
import { playStory } from '../support/play-story.ts'

/** They are played in `npm test`, each in a file of its own, so that they are played at once. */
const QUICK = ['smooth', 'rollback']

test('every story of the demo is there', () => {
  expect(STORIES.map(({ name }) => name)).toEqual([
    'smooth',
    'install-fails',
    'webhook-reverted',
    'injection-gap',
    'rollback',
    'stragglers',
    'two-sources-disagree',
    'slack-down',
    'worker-killed',
    'old-era',
    'poisoned-tag',
  ])
})

test.each(STORIES.map(({ name }) => name).filter((name) => !QUICK.includes(name)))(
  'the story %s ends as told',
  async (name) => expect(await playStory(name)).toBeNull(),
  120_000,
)
