import type { PageParts } from '../../sandbox/page/page-parts.ts'
import { type RunningPage, startPage } from '../../sandbox/page/start-page.ts'
import { CodedError, messageOf } from '../../kernel/errors.ts'
import type { Story } from '../../sandbox/stories/story.ts'
import { CHANNEL, CLUSTER } from './demo-file.ts'
import type { DemoWorld } from './demo-world.ts'
import { newSkip } from './skip.ts'
import { type Demo, startDemo } from './start-demo.ts'
import { storyOnPage } from './story-on-page.ts'

export type Shown = {
  readonly world: DemoWorld
  /** What its cast plays; null: whoever looks acts. */
  readonly story: Story | null
  readonly port: number
}

/**
 * Shows the page until it is told to end; then nothing is left behind. Throws DEMO_PORT_TAKEN {port}, and what `startDemo` throws.
 */
export async function showPage({ world, story, port }: Shown, until: AbortSignal): Promise<void> {
  const demo = await startDemo(world, Date.now())
  const skip = newSkip(demo.calendar, demo.slack, demo.channels)
  const played = story && storyOnPage(story, demo)
  try {
    const page = await openPage({ ...partsOf(demo, world, skip), story: () => played?.part() ?? null }, port)
    void played?.play().then((failed) => {
      if (!until.aborted) console.log(`${story?.name}: ${failed ?? 'ended as told'}`)
    })
    console.log(`A local imitation of Slack and Kubernetes, and the real Meshferry beside it: ${page.url}`)
    console.log('Ctrl-C ends it and leaves nothing behind.')
    if (!until.aborted) await new Promise((resolve) => until.addEventListener('abort', resolve, { once: true }))
    console.log('Ending …')
    await page.close()
  } finally {
    skip.close()
    await demo.stop()
  }
}

async function openPage(parts: PageParts, port: number): Promise<RunningPage> {
  try {
    return await startPage(parts, port)
  } catch (error) {
    throw new CodedError('DEMO_PORT_TAKEN', { port, message: messageOf(error) }, { cause: error })
  }
}

function partsOf(demo: Demo, world: DemoWorld, skip: PageParts['skip']): Omit<PageParts, 'story'> {
  return {
    slack: demo.slack,
    mesh: demo.live.mesh,
    calendar: demo.calendar,
    skip,
    troubles: Object.values(demo.troubles),
    cast: world.cast,
    command: '/istio',
    cluster: CLUSTER,
    versions: world.versions,
    channel: CHANNEL,
  }
}
