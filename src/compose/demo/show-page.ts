import type { PageParts } from '../../sandbox/page/page-parts.ts'
import { startPage } from '../../sandbox/page/start-page.ts'
import { CHANNEL, CLUSTER } from './demo-file.ts'
import { companyWorld } from './company-world.ts'
import type { DemoWorld } from './demo-world.ts'
import { newSkip } from './skip.ts'
import { type Demo, startDemo } from './start-demo.ts'

/** Shows the page until it is told to end; then nothing is left behind. The result is the exit code. */
export async function showPage(port: number, until: AbortSignal): Promise<number> {
  const world = companyWorld()
  const demo = await startDemo(world, Date.now())
  const skip = newSkip(demo.calendar, demo.slack, demo.channels)
  const page = await startPage(partsOf(demo, world, skip), port)
  console.log(`A local imitation of Slack and Kubernetes, and the real Meshferry beside it: ${page.url}`)
  console.log('Ctrl-C ends it and leaves nothing behind.')
  if (!until.aborted) await new Promise((resolve) => until.addEventListener('abort', resolve, { once: true }))
  console.log('Ending …')
  skip.close()
  await page.close()
  await demo.stop()
  process.exit(0)
}

function partsOf(demo: Demo, world: DemoWorld, skip: PageParts['skip']): PageParts {
  return {
    slack: demo.slack,
    mesh: demo.mesh,
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
