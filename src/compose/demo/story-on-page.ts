import { sleep } from '../../kernel/retry.ts'
import type { StoryPart } from '../../sandbox/page/page-parts.ts'
import type { Story } from '../../sandbox/stories/story.ts'
import { playStory } from './play-story.ts'
import type { Demo } from './start-demo.ts'

/** Time to read what is about to happen, and to see what came of the act before. */
const READ_MS = 2500
/** As fast as the page's own skip: 1.5 h a second. */
const FAST = 5400

type StoryOnPage = {
  /** How far it is; asked for the first time, by the first who looks, it begins. */
  readonly part: () => StoryPart
  /** Plays it to its end, at a pace that a person can follow; null when it ended as told. */
  readonly play: () => Promise<string | null>
}

export function storyOnPage(story: Story, demo: Demo): StoryOnPage {
  const { name, about } = story
  const somebodyLooks = Promise.withResolvers<void>()
  let part: StoryPart = { name, about, state: 'plays', says: 'It begins.' }
  const cue = async (says: string): Promise<void> => {
    part = { ...part, says }
    await sleep(READ_MS)
  }
  return {
    part: () => {
      somebodyLooks.resolve()
      return part
    },
    play: async () => {
      await somebodyLooks.promise
      const failed = await playStory(story, demo, { fast: FAST, cue })
      part = { ...part, state: failed === null ? 'ended' : 'failed', says: failed ?? '' }
      return failed
    },
  }
}
