import type { Json } from './json.ts'

/** One payload on its way to the app, in the terms of Socket Mode; HTTP delivery makes a signed request of it. */
export type Parcel = {
  readonly kind: 'slash_commands' | 'interactive' | 'events_api'
  readonly payload: Json
  /** Whether what the ack carries means anything to Slack: commands and view submissions, not clicks. */
  readonly takesAnswer: boolean
  readonly retry?: { readonly num: number; readonly reason: string }
}

/**
 * What became of a parcel. `operation_timeout` and `dispatch_failed` are the words that Slack shows to the person: no
 * ack in time, or nobody there to take it.
 */
export type Delivered = {
  readonly acked: boolean
  /** Milliseconds until the ack, or until Slack gave up. */
  readonly ms: number
  readonly body?: Json | string
  readonly error?: 'operation_timeout' | 'dispatch_failed'
  /** The HTTP status, in HTTP delivery. */
  readonly status?: number
}

/** How an HTTP delivery is made other than honestly; see `again`. */
export type Tampering = 'same' | 'wrong-signature' | 'old-timestamp' | 'future-timestamp'
