import type { PageParts } from '../../sandbox/page/page-parts.ts'
import { CAST } from '../../sandbox/stories/people.ts'
import type { Story } from '../../sandbox/stories/story.ts'
import { CHANNEL, CLUSTER } from './demo-file.ts'
import { viewOf } from './mesh-view.ts'
import { startPlainPage } from './plain-page.ts'
import { newSkip } from './skip.ts'
import { type Demo, startDemo } from './start-demo.ts'

/** Shows the page until it is told to end; then nothing is left behind. The result is the exit code. */
export async function showPage({ world }: Story, port: number, until: AbortSignal): Promise<number> {
  const demo = await startDemo(world, Date.now())
  const skip = newSkip(demo.calendar, demo.slack, demo.channels)
  const page = await startPlainPage(partsOf(demo, world, skip), port)
  console.log(`A local imitation of Slack and Kubernetes, and the real Meshferry beside it: ${page.url}`)
  console.log('Ctrl-C ends it and leaves nothing behind.')
  if (!until.aborted) await new Promise((resolve) => until.addEventListener('abort', resolve, { once: true }))
  console.log('Ending …')
  skip.close()
  await page.close()
  await demo.stop()
  process.exit(0)
}

function partsOf(demo: Demo, world: Story['world'], skip: PageParts['skip']): PageParts {
  return {
    slack: demo.slack,
    mesh: () => viewOf(demo, world),
    calendar: demo.calendar,
    skip,
    troubles: Object.values(demo.troubles),
    cast: CAST.map(({ id, realName, role }) => ({ user: id, name: realName, role })),
    command: '/istio',
    cluster: CLUSTER,
    versions: world.versions,
    channel: CHANNEL,
  }
}
