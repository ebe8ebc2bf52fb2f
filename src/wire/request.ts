import { z } from 'zod'
import { approvalId, clusterName, hex256, isoTime, istioVersion, requestId, runId, slackChannel } from './names.ts'
import { person } from './person.ts'
import { workloadRef } from './restarts.ts'

/**
 * The card that was clicked, as the bot rendered it: id and revision from the button, digest, plan hash and fingerprint
 * from the facts it rendered. The worker compares all of it with what it sent, so a forged card can't win a real click.
 */
const clickedCard = z.object({
  id: approvalId,
  revision: z.int().nonnegative(),
  digest: hex256,
  planHash: hex256,
  fingerprint: hex256,
})
export type ClickedCard = z.infer<typeof clickedCard>

const workloadName = z.object({
  namespace: z.string().max(63),
  kind: z.string().max(200),
  name: z.string().max(253),
})

const ask = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('upgrade'),
    to: istioVersion.optional(),
    /** Until when teams are asked to have redeployed: a day in the cluster's zone. */
    by: z.iso.date().optional(),
    acknowledge: z.array(z.string().max(200)).max(50).optional(),
  }),
  /** Which versions could be chosen, and with `to` the checks of that one. Changes nothing. */
  z.object({
    kind: z.literal('preview'),
    to: istioVersion.optional(),
    acknowledge: z.array(z.string().max(200)).max(50).optional(),
  }),
  /** `typed`: the cluster's name, as it was typed in where the phase asks for it. */
  z.object({ kind: z.literal('approve'), card: clickedCard, typed: z.string().max(100).optional() }),
  z.object({ kind: z.literal('reject'), card: clickedCard, reason: z.string().min(1).max(500) }),
  z.object({ kind: z.literal('start'), card: clickedCard }),
  /** Fresh checks and a new card after one that was rejected, expired or superseded. */
  z.object({ kind: z.literal('ask-again'), approval: approvalId.optional(), run: runId.optional() }),
  /** `run` of these is that of the button; who types it means the one that runs. */
  z.object({ kind: z.literal('stop'), run: runId.optional() }),
  z.object({ kind: z.literal('resume'), run: runId.optional() }),
  z.object({ kind: z.literal('rollback'), reason: z.string().max(500).optional(), run: runId.optional() }),
  /**
   * Of somebody who clicked a message that the bot has forgotten: said where its upgrade is over. `alone`: no other cluster speaks in that
   * channel, so that it is of this one.
   */
  z.object({ kind: z.literal('what-became'), message: z.string().max(120), alone: z.boolean() }),
  /**
   * Of a team, to a reminder: not before this day; or these workloads are not ours. It holds for one run and way; `to` is the revision that
   * the reminder asked to move to, absent from bots of before. Null is what no team owns.
   */
  z.object({
    kind: z.literal('snooze'),
    run: runId,
    team: z.string().max(63).nullable(),
    until: z.iso.date(),
    to: z.string().max(63).optional(),
  }),
  z.object({ kind: z.literal('not-ours'), run: runId, team: z.string().max(63), to: z.string().max(63).optional() }),
  /** The last answer to a reminder is taken back: the team is reminded as before. */
  z.object({
    kind: z.literal('answer-back'),
    run: runId,
    team: z.string().max(63).nullable(),
    to: z.string().max(63).optional(),
  }),
  /** Of a team: something is wrong, and the platform team shall know. */
  z.object({ kind: z.literal('tell-platform'), run: runId, team: z.string().max(63) }),
  /** The first reminders of a run may leave; `to` is the revision to which pods move. */
  z.object({ kind: z.literal('send-nudges'), run: runId, to: z.string().max(63) }),
  /** Is it the sidecar? Only looks. Without a workload: of the team's only one, or which of them are there. */
  z.object({ kind: z.literal('compare'), run: runId, team: z.string().max(63), workload: workloadName.optional() }),
  /**
   * Of somebody of a team: what restarting this workload would mean; and to restart it, as it was shown, now or `at` a time. `to` is the
   * revision to which pods move by the reminder that was clicked.
   */
  z.object({
    kind: z.literal('restart-look'),
    run: runId,
    to: z.string().max(63),
    team: z.string().max(63),
    workload: workloadRef,
  }),
  z.object({
    kind: z.literal('restart'),
    run: runId,
    to: z.string().max(63),
    team: z.string().max(63),
    workload: workloadRef,
    uid: z.string().max(100),
    shape: hex256,
    at: isoTime.optional(),
  }),
  /** Of somebody of the team: the picked time of this restart does not hold any more. */
  z.object({ kind: z.literal('restart-cancel'), run: runId, team: z.string().max(63), restart: requestId }),
  /** The bot tells where a message was posted, so that the cluster can give it back after Redis was flushed. */
  z.object({
    kind: z.literal('posted'),
    message: z.string().max(120),
    revision: z.int().nonnegative(),
    channel: slackChannel,
    ts: z.string().regex(/^\d+\.\d+$/),
  }),
  /** Sent by the bot when it finds its own memory in Redis empty: the worker sends every open message again. */
  z.object({ kind: z.literal('repeat') }),
])
export type Ask = z.infer<typeof ask>

/** What is signed: everything a decision needs, and the time and nonce that keep it from being replayed. */
export const requestBody = z.object({
  v: z.literal(1),
  id: requestId,
  cluster: clusterName,
  at: isoTime,
  nonce: z.string().min(16).max(64),
  channel: slackChannel.optional(),
  who: person.optional(),
  ask,
})
export type RequestBody = z.infer<typeof requestBody>

/** `body` is the exact JSON text that was signed, so that no re-serialisation stands between signature and content. */
export const signedRequest = z.object({
  body: z.string().max(20_000),
  key: z.string().regex(/^[0-9a-f]{8}$/),
  signature: z.string().max(200),
})
export type SignedRequest = z.infer<typeof signedRequest>
