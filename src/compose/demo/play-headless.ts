import type { Story } from '../../sandbox/stories/story.ts'
import type { SlackServer } from '../../sandbox/slack-server/server.ts'
import { playStory } from './play-story.ts'
import { startDemo } from './start-demo.ts'
import { worldOfStory } from './world-of-story.ts'

export type Played = {
  /** Null when it ended as told. */
  readonly failed: string | null
  readonly transcript: string
  readonly tookMs: number
}

/** At full speed: three hours a second, at which a night's digest still comes within its half hour. */
const PACE = { fast: 10_800, cue: () => Promise.resolve() }
const STOPPED = 'it was stopped'

/** Plays a story to its end with the cast of the script, at full speed; nothing is left running. `startAt` is epoch ms of its calendar. */
export async function playHeadless(story: Story, startAt: number, until?: AbortSignal): Promise<Played> {
  const began = Date.now()
  const demo = await startDemo(worldOfStory(story.world), startAt)
  try {
    // A signal that came during the start is not told again.
    const ended = until?.aborted ? STOPPED : await Promise.race([playStory(story, demo, PACE), stopped(until)])
    const failed = ended ?? missingScope(demo.slack)
    const log = failed === null ? '' : `\nThe latest lines of the log:\n${demo.lines().slice(-20).join('\n')}\n`
    return { failed, transcript: `${demo.slack.transcript()}${log}`, tookMs: Date.now() - began }
  } finally {
    await demo.stop()
  }
}

/** The local Slack gives no more than the manifest asks for: a call that needs more would fail everywhere. */
function missingScope(slack: SlackServer): string | null {
  const refused = slack.calls().find(({ answer }) => answer?.['error'] === 'missing_scope')
  return refused ? `${refused.method} needs the scope ${String(refused.answer?.['needed'])}` : null
}

function stopped(until: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve) => until?.addEventListener('abort', () => resolve(STOPPED), { once: true }))
}
