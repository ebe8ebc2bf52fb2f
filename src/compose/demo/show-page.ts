import type { PageParts } from '../../sandbox/page/page-parts.ts'
import { type RunningPage, startPage } from '../../sandbox/page/start-page.ts'
import { CodedError, messageOf } from '../../kernel/errors.ts'
import { CHANNEL, CLUSTER } from './demo-file.ts'
import type { ShownWorld } from './company-world.ts'
import { newSkip } from './skip.ts'
import { type Demo, startDemo } from './start-demo.ts'

/**
 * Shows the page until it is told to end; then nothing is left behind. Throws DEMO_PORT_TAKEN {port}, and what `startDemo` throws.
 */
export async function showPage(world: ShownWorld, port: number, until: AbortSignal): Promise<void> {
  const demo = await startDemo(world, Date.now())
  const skip = newSkip(demo.calendar, demo.slack, demo.channels)
  try {
    const page = await openPage(partsOf(demo, world, skip), port)
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

function partsOf(demo: Demo<ReturnType<ShownWorld['begin']>>, world: ShownWorld, skip: PageParts['skip']): PageParts {
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
