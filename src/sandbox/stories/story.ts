import type { SandboxCalendar } from '../clock/calendar.ts'
import type { FakeIstioctl } from '../fake-istioctl/install-fake-istioctl.ts'
import type { KubeServer } from '../kube-server/server.ts'
import type { SlackServer } from '../slack-server/server.ts'
import type { Trouble, TroubleName } from '../trouble/trouble.ts'
import type { MeshView } from '../world/mesh-view.ts'
import type { StoryWorld } from './story-world.ts'

/** What a story speaks to: people in the local Slack, things in the local cluster, and time. Never Meshferry itself. */
export type StoryStage = {
  readonly slack: SlackServer
  readonly kube: KubeServer
  readonly calendar: SandboxCalendar
  /** The binaries by version: a story may make one misbehave. */
  readonly istioctl: Readonly<Record<string, FakeIstioctl>>
  readonly troubles: Readonly<Record<TroubleName, Trouble>>
  readonly world: StoryWorld
  /** The cluster as it is, counted from its objects. */
  readonly mesh: () => MeshView
  readonly cluster: string
  readonly channel: string
  /** Calendar ms in one machine ms, while a story lets days pass. */
  readonly fast: number
  /** Called before each act with what is about to happen; resolves when whoever watches has had the time to read it. */
  readonly cue: (says: string) => Promise<void>
}

export type Story = {
  readonly name: string
  /** What it shows, in one sentence. */
  readonly about: string
  readonly world: StoryWorld
  /** Rejects with an error that says what did not come as told. */
  readonly play: (stage: StoryStage) => Promise<void>
}

/** Throws what did not come as told. */
export function must(isSo: boolean, told: string): void {
  if (!isSo) throw new Error(`not as told: ${told}`)
}

/** The same for two lists, naming both. */
export function mustBe(actual: readonly string[], told: readonly string[], what: string): void {
  must(
    actual.join(' → ') === told.join(' → '),
    `${what}: ${told.join(' → ')}; it was ${actual.join(' → ') || 'nothing'}`,
  )
}
