import type { CalendarState } from '../clock/calendar.ts'
import type { Json } from '../slack-server/json.ts'
import type { TroubleName, TroubleState } from '../trouble/trouble.ts'
import type { MeshView } from '../world/mesh-view.ts'
import type { CastMember, StoryPart } from './page-parts.ts'

/** What one person sees of everything: small parts by key, so that only what changed is sent. */
export type Parts = {
  readonly demo: DemoPart
  readonly workspace: WorkspacePart
  readonly views: ViewsPart
  readonly clock: ClockPart
  readonly mesh: MeshView
  readonly troubles: readonly TroublePart[]
  readonly story: StoryPart | null
}

/** Sent as one event: parts and messages that changed, as JSON by key, and the keys that are gone. Messages are `m:C…:TS`. */
export type StateChange = { readonly set: Readonly<Record<string, unknown>>; readonly gone: readonly string[] }

/** The whole of what one person sees, as the browser puts it together. */
export type PageState = Parts & { readonly messages: readonly MessagePart[] }

export type DemoPart = {
  /** The person that is looked through. */
  readonly me: string
  readonly cast: readonly CastMember[]
  readonly command: string
  readonly cluster: string
  readonly versions: { readonly from: string; readonly to: string }
  readonly channel: string
}

export type WorkspacePart = {
  readonly bot: { readonly user: string; readonly name: string }
  readonly people: readonly PersonPart[]
  readonly groups: readonly { readonly id: string; readonly handle: string }[]
  /** Only those that this person sees; a direct channel is that with the bot. */
  readonly channels: readonly ChannelPart[]
}

type PersonPart = {
  readonly id: string
  readonly name: string
  readonly locale: string
  readonly tz: string
  readonly isBot: boolean
}
export type ChannelPart = {
  readonly id: string
  readonly name: string
  readonly isPrivate: boolean
  readonly isDirect: boolean
}

export type MessagePart = {
  readonly channel: string
  readonly ts: string
  readonly user: string
  readonly threadTs: string | null
  readonly onlyForMe: boolean
  readonly text: string
  readonly blocks: readonly Json[]
  readonly attachments: readonly Json[]
  /** How often it was edited. */
  readonly edits: number
  /** When it was sent, epoch ms of the calendar. */
  readonly at: number
}

export type ViewsPart = { readonly home: Json | null; readonly modals: readonly Json[] }

export type ClockPart = { readonly state: CalendarState; readonly skipping: boolean }

export type TroublePart = {
  readonly name: TroubleName
  readonly label: string
  readonly bites: string | null
  readonly lasts: boolean
  readonly state: TroubleState
}

/** The speeds that the page offers: calendar ms in one machine ms. At faster ones the worker's looks come late. */
export const speeds = [1, 60, 600, 3600] as const
