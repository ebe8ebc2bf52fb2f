import { parseArgs } from 'node:util'
import { CodedError } from '../../kernel/errors.ts'
import { STORIES } from '../../sandbox/stories/stories.ts'
import type { Story } from '../../sandbox/stories/story.ts'
import { smooth } from '../../sandbox/stories/smooth.ts'
import { companyWorld } from './company-world.ts'
import { type Ending, listenForTheEnd } from './ending.ts'
import { playHeadless } from './play-headless.ts'
import { showPage } from './show-page.ts'
import { worldOfStory } from './world-of-story.ts'

const USAGE = 'demo [--headless] [--story NAME] [--port PORT]'

/**
 * `meshferry demo`: the page until Ctrl-C, with `--story` one on which the cast plays it; or with `--headless` a story to its end,
 * which decides the exit code.
 */
export async function demo(args: readonly string[]): Promise<number> {
  const { headless, story, port } = wanted(args)
  const ending = listenForTheEnd()
  if (!headless) {
    const world = story ? worldOfStory(story.world) : companyWorld()
    await showPage({ world, story, port }, ending.signal)
    return exit(ending, true)
  }
  const { name } = story ?? smooth
  const { failed, transcript, tookMs } = await playHeadless(story ?? smooth, Date.now(), ending.signal)
  console.log(transcript)
  const took = `${(tookMs / 1000).toFixed(0)} s`
  console.log(failed === null ? `${name}: ended as told, after ${took}` : `${name}: ${failed} (${took})`)
  return exit(ending, failed === null)
}

/** Ends this process, whatever a library still holds open. */
function exit({ isBroken }: Ending, isWell: boolean): never {
  process.exit(isWell && !isBroken() ? 0 : 1)
}

type Wanted = { readonly headless: boolean; readonly story: Story | null; readonly port: number }

function wanted(args: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { headless: { type: 'boolean' }, story: { type: 'string' }, port: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const known = ['headless', 'story', 'port']
  const [strange] = [...Object.keys(values).filter((name) => !known.includes(name)), ...positionals]
  if (strange !== undefined) throw new CodedError('ARGUMENT_UNKNOWN', { argument: strange, usage: USAGE })
  const headless = values['headless'] === true
  return { headless, story: storyOf(values['story']), port: portOf(String(values['port'] ?? 0)) }
}

function storyOf(typed: string | boolean | undefined): Story | null {
  if (typed === undefined) return null
  const story = STORIES.find(({ name }) => name === typed)
  if (story) return story
  throw new CodedError('STORY_UNKNOWN', { typed: String(typed), stories: STORIES.map(({ name }) => name) })
}

/** 0 takes any free one. */
function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new CodedError('ARGUMENT_UNKNOWN', { argument: `--port ${text}`, usage: USAGE })
}
