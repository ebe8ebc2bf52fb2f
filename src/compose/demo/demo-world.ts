import type { SandboxCalendar } from '../../sandbox/clock/calendar.ts'
import type { KubeServer } from '../../sandbox/kube-server/server.ts'
import type { CastMember } from '../../sandbox/page/page-parts.ts'
import type { NewGroup, NewUser } from '../../sandbox/slack-server/model.ts'
import type { StoryWorld } from '../../sandbox/stories/story-world.ts'
import type { MeshView } from '../../sandbox/world/mesh-view.ts'

/** A cluster with its tenants, the people around it, and who of them is played. */
export type DemoWorld = Pick<StoryWorld, 'kubernetesVersion' | 'versions' | 'istioctl' | 'teams' | 'channels'> & {
  readonly users: readonly NewUser[]
  readonly groups: readonly NewGroup[]
  readonly cast: readonly CastMember[]
  /** Who an alarm mentions. */
  readonly onCall: string
  readonly seed: (kube: KubeServer) => void
  /** Sets it going: controllers, teams that deploy, and whoever watches it. */
  readonly begin: (kube: KubeServer, calendar: SandboxCalendar) => LiveWorld
}

export type LiveWorld = {
  readonly mesh: () => MeshView
  /** Whether a tenant's page answers, for the probes. */
  readonly isShopOpen: () => boolean
  readonly stop: () => void
}
