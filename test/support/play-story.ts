import { playHeadless } from '../../src/compose/demo/play-headless.ts'
import { STORIES } from '../../src/sandbox/stories/stories.ts'
import { withRedisOnPath } from './redis-on-path.ts'

/** Plays a story as `npm run demo -- --headless` does; null when it ended as told, else what did not. */
export async function playStory(name: string): Promise<string | null> {
  await withRedisOnPath()
  const story = STORIES.find((one) => one.name === name)
  if (!story) throw new Error(`no story ${name}`)
  const { failed, transcript } = await playHeadless(story, Date.now())
  if (failed !== null) console.error(transcript)
  return failed
}
