import { z } from 'zod'
import { cardFacts } from './card-facts.ts'
import { coded } from './facts.ts'
import { clusterName, isoTime, locale, requestId, slackChannel, slackGroup, slackUser } from './names.ts'
import { preview } from './preview.ts'

const place = z.object({ channel: slackChannel, ts: z.string(), revision: z.int() })

/**
 * What a worker tells the bot. A `message` is the whole wanted state of one Slack message; a newer revision replaces an
 * older one. A `verdict` answers one request. Ids are stable: a notice that was seen is dropped.
 */
export const notice = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('message'),
    id: z.string().max(200),
    cluster: clusterName,
    at: isoTime,
    message: z.string().max(120),
    revision: z.int().nonnegative(),
    /** A person's id is the direct message with them. */
    channel: z.union([slackChannel, slackUser]),
    fallbackChannel: slackChannel.optional(),
    mention: z.array(z.union([slackUser, slackGroup])),
    /** Of the readers of this channel, where they are not the cluster's. */
    locale: locale.optional(),
    card: cardFacts,
    /** Where it stands already, when the worker knows (from the cluster, after Redis was flushed). */
    posted: place.optional(),
    /** The run is over: nothing will send this again by itself, so the worker is told when this revision is shown. */
    confirm: z.literal(true).optional(),
  }),
  /**
   * Reminds the approvers of a card, or whoever is to start it, or brings the reminders that they got up to date. Who is in a group only
   * the bot can read.
   */
  z.object({
    v: z.literal(1),
    kind: z.literal('remind'),
    id: z.string().max(200),
    cluster: clusterName,
    at: isoTime,
    card: cardFacts,
    first: z.boolean(),
    to: z.literal('starter').optional(),
    posted: z.object({ channel: slackChannel, ts: z.string() }).optional(),
    /** Where reminders of this card stand already, by their message, as far as the worker was told. */
    places: z.record(z.string(), place).optional(),
  }),
  z.object({
    v: z.literal(1),
    kind: z.literal('verdict'),
    id: z.string().max(200),
    cluster: clusterName,
    at: isoTime,
    request: requestId,
    ok: z.boolean(),
    said: coded,
    /** Everything that speaks against it at once, so that nobody mends one cause after the other. */
    more: z.array(coded),
    /** Of a request that only asked what could be. */
    preview: preview.optional(),
  }),
])
export type Notice = z.infer<typeof notice>
export type MessageNotice = Extract<Notice, { kind: 'message' }>
export type RemindNotice = Extract<Notice, { kind: 'remind' }>
export type VerdictNotice = Extract<Notice, { kind: 'verdict' }>
