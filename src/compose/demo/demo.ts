import { parseArgs } from 'node:util'
import { CodedError } from '../../kernel/errors.ts'
import { STORIES } from '../../sandbox/stories/stories.ts'
import type { Story } from '../../sandbox/stories/story.ts'
import { playHeadless } from './play-headless.ts'
import { showPage } from './show-page.ts'

const USAGE = 'demo [--headless --story NAME] [--port PORT]'

/** `meshferry demo`: the page until Ctrl-C, or with `--headless` a story to its end, which decides the exit code. */
export async function demo(args: readonly string[]): Promise<number> {
  const { headless, story, port } = wanted(args)
  const ending = new AbortController()
  const end = (): void => ending.abort()
  // Not once: a second signal, as npm sends it after the terminal's, must not cut the tidying short.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
  if (!headless) return showPage(port, ending.signal)
  const { failed, transcript, tookMs } = await playHeadless(story, Date.now(), ending.signal)
  console.log(transcript)
  const took = `${(tookMs / 1000).toFixed(0)} s`
  console.log(failed === null ? `${story.name}: ended as told, after ${took}` : `${story.name}: ${failed} (${took})`)
  process.exit(failed === null ? 0 : 1)
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
  const named = typeof values['story'] === 'string' ? values['story'] : 'smooth'
  const story = STORIES.find(({ name }) => name === named)
  if (!story) throw new CodedError('STORY_UNKNOWN', { typed: named, stories: STORIES.map(({ name }) => name) })
  return { headless: values['headless'] === true, story, port: Number(values['port'] ?? 0) }
}
