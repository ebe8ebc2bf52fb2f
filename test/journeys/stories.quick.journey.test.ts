import { expect, test } from '@jest/globals'
import { playStory } from '../support/play-story.ts'

test.each(['smooth', 'rollback'])(
  'the story %s ends as told',
  async (name) => expect(await playStory(name)).toBeNull(),
  120_000,
)
