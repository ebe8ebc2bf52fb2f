import { messageOf } from '../../kernel/errors.ts'
import { sleep } from '../../kernel/retry.ts'
import type { Story } from '../../sandbox/stories/story.ts'
import { CHANNEL, CLUSTER } from './demo-file.ts'
import { worldOfStory } from './demo-world.ts'
import { type Demo, startDemo } from './start-demo.ts'

export type Played = {
  /** Null when it ended as told. */
  readonly failed: string | null
  readonly transcript: string
  readonly tookMs: number
}

/** Three hours a second: a night's digest still comes within its half hour. */
const FAST = 10_800
const READY_MS = 30_000
const STOPPED = 'it was stopped'

/** Plays a story to its end with the cast of the script, at full speed; nothing is left running. `startAt` is epoch ms of its calendar. */
export async function playHeadless(story: Story, startAt: number, until?: AbortSignal): Promise<Played> {
  const began = Date.now()
  const demo = await startDemo(worldOfStory(story.world), startAt)
  try {
    // A signal that came during the start is not told again.
    const failed = until?.aborted ? STOPPED : await Promise.race([told(story, demo), stopped(until)])
    const log = failed === null ? '' : `\nThe latest lines of the log:\n${demo.lines().slice(-20).join('\n')}\n`
    return { failed, transcript: `${demo.slack.transcript()}${log}`, tookMs: Date.now() - began }
  } finally {
    await demo.stop()
  }
}

async function told(story: Story, demo: Demo): Promise<string | null> {
  const end = Date.now() + READY_MS
  while (!demo.workers.leads() && Date.now() < end) await sleep(50)
  try {
    await story.play({ ...demo, world: story.world, cluster: CLUSTER, channel: CHANNEL, fast: FAST })
    return null
  } catch (error) {
    return messageOf(error)
  }
}

function stopped(until: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve) => until?.addEventListener('abort', () => resolve(STOPPED), { once: true }))
}
