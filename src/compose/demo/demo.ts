import { parseArgs } from 'node:util'
import { CodedError } from '../../kernel/errors.ts'
import { STORIES } from '../../sandbox/stories/stories.ts'
import type { Story } from '../../sandbox/stories/story.ts'
import { smooth } from '../../sandbox/stories/smooth.ts'
import { companyWorld } from './company-world.ts'
import { type Ending, listenForTheEnd } from './ending.ts'
import { playHeadless } from './play-headless.ts'
import { showPage } from './show-page.ts'

const USAGE = 'demo [--headless --story NAME] [--port PORT]'

/** `meshferry demo`: the page until Ctrl-C, or with `--headless` a story to its end, which decides the exit code. */
export async function demo(args: readonly string[]): Promise<number> {
  const { headless, story, port } = wanted(args)
  const ending = listenForTheEnd()
  if (!headless) {
    await showPage(companyWorld(), port, ending.signal)
    return exit(ending, true)
  }
  const { failed, transcript, tookMs } = await playHeadless(story, Date.now(), ending.signal)
  console.log(transcript)
  const took = `${(tookMs / 1000).toFixed(0)} s`
  console.log(failed === null ? `${story.name}: ended as told, after ${took}` : `${story.name}: ${failed} (${took})`)
  return exit(ending, failed === null)
}

/** Ends this process, whatever a library still holds open. */
function exit({ isBroken }: Ending, isWell: boolean): never {
  process.exit(isWell && !isBroken() ? 0 : 1)
}

type Wanted = { readonly headless: boolean; readonly story: Story; readonly port: number }

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
  const named = String(values['story'] ?? smooth.name)
  const story = STORIES.find(({ name }) => name === named)
  if (!story) throw new CodedError('STORY_UNKNOWN', { typed: named, stories: STORIES.map(({ name }) => name) })
  // A story is played, not watched: the page has another cluster.
  if (!headless && 'story' in values)
    throw new CodedError('ARGUMENT_UNKNOWN', { argument: '--story without --headless', usage: USAGE })
  return { headless, story, port: portOf(String(values['port'] ?? 0)) }
}

/** 0 takes any free one. */
function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new CodedError('ARGUMENT_UNKNOWN', { argument: `--port ${text}`, usage: USAGE })
}
