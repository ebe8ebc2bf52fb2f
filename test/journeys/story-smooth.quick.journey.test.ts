import { expect, test } from '@jest/globals'
import { playStory } from '../support/play-story.ts'

test('the story smooth ends as told', async () => expect(await playStory('smooth')).toBeNull(), 120_000)
