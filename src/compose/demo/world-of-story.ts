import { CAST } from '../../sandbox/stories/people.ts'
import type { StoryWorld } from '../../sandbox/stories/story-world.ts'
import type { DemoWorld } from './demo-world.ts'
import { liveCluster } from './live-cluster.ts'

/** The small cluster of the stories: it runs by itself, and nobody changes anything in it but the story. */
export function worldOfStory(world: StoryWorld): DemoWorld {
  return {
    ...world,
    users: CAST.map(({ role: _, ...user }) => user),
    groups: [{ id: 'S0PLATFORM', handle: 'platform', members: ['U0LEE', 'U0MEI', 'U0SAM'] }],
    cast: CAST.map(({ id, realName, role }) => ({ user: id, name: realName, role })),
    onCall: 'U0SAM',
    begin: (kube, calendar) => liveCluster(kube, world.plan, calendar),
  }
}
