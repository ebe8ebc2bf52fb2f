import { expect, test } from '@jest/globals'
import { playStory } from '../support/play-story.ts'

test('the story rollback ends as told', async () => expect(await playStory('rollback')).toBeNull(), 120_000)
