import { test } from '@jest/globals'
import { playStory } from '../support/play-story.ts'

test.each(['smooth', 'rollback'])('the story %s ends as told', playStory, 120_000)
