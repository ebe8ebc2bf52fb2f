import type { SandboxCalendar } from '../../sandbox/clock/calendar.ts'
import type { KubeServer } from '../../sandbox/kube-server/server.ts'
import type { NewGroup, NewUser } from '../../sandbox/slack-server/model.ts'
import { CAST } from '../../sandbox/stories/people.ts'
import { playIstiods } from '../../sandbox/stories/play-istiods.ts'
import type { StoryWorld } from '../../sandbox/stories/story-world.ts'
import { shopIsOpen } from './shop.ts'

/** A cluster with its tenants, and the people around it. */
export type DemoWorld<Live extends LiveWorld = LiveWorld> = Pick<
  StoryWorld,
  'kubernetesVersion' | 'versions' | 'istioctl' | 'teams' | 'channels'
> & {
  readonly users: readonly NewUser[]
  readonly groups: readonly NewGroup[]
  /** Who an alarm mentions. */
  readonly onCall: string
  readonly seed: (kube: KubeServer) => void
  /** Sets it going: controllers, teams that deploy, and whoever watches it. */
  readonly begin: (kube: KubeServer, calendar: SandboxCalendar) => Live
}

export type LiveWorld = {
  /** Whether a tenant's page answers, for the probes. */
  readonly isShopOpen: () => boolean
  readonly stop: () => void
}

/** The small cluster of the stories: nothing happens in it but what a story does. */
export function worldOfStory(world: StoryWorld): DemoWorld {
  return {
    ...world,
    users: CAST.map(({ role: _, ...user }) => user),
    groups: [{ id: 'S0PLATFORM', handle: 'platform', members: ['U0LEE', 'U0MEI', 'U0SAM'] }],
    onCall: 'U0SAM',
    begin: (kube) => ({ isShopOpen: () => shopIsOpen(kube), stop: playIstiods(kube) }),
  }
}
