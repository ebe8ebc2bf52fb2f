import type { SandboxCalendar } from '../clock/calendar.ts'
import type { SlackServer } from '../slack-server/server.ts'
import type { Trouble } from '../trouble/trouble.ts'
import type { MeshView } from '../world/mesh-view.ts'

/** Everything that the page shows and does: it knows the local Slack and the local cluster, and nothing of Meshferry. */
export type PageParts = {
  readonly slack: SlackServer
  readonly mesh: () => MeshView
  readonly calendar: SandboxCalendar
  /** Runs the calendar fast until somebody has to decide something, or `stop` is called; not at all while a decision waits already. */
  readonly skip: {
    readonly start: () => 'runs' | 'a decision waits'
    readonly stop: () => void
    readonly running: () => boolean
  }
  readonly troubles: readonly Trouble[]
  /** Who the visitor may be, first the one who begins. */
  readonly cast: readonly CastMember[]
  /** The slash command that the bot listens to: `/istio`. */
  readonly command: string
  readonly cluster: string
  readonly versions: { readonly from: string; readonly to: string }
  /** The channel where the cluster's cards are posted, `C…`. */
  readonly channel: string
  /** The story that the cast plays, each time somebody looks; null where it plays none, and the visitor acts. */
  readonly story: () => StoryPart | null
}

export type StoryPart = {
  readonly name: string
  /** What it shows, in one sentence. */
  readonly about: string
  readonly state: 'plays' | 'ended' | 'failed'
  /** What is done just now; of one that failed, what did not come as told. */
  readonly says: string
}

export type CastMember = {
  readonly user: string
  readonly name: string
  /** `asks for the upgrade`, `approves`, `app team payments, reads Chinese`, `an outsider`. */
  readonly role: string
}
