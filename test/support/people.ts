import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import type { Seen } from '../../src/sandbox/slack-server/people.ts'
import type { Rig } from './rig.ts'

/** Long enough for an install on a real control plane. */
const PATIENCE_MS = Number(process.env['RIG_PATIENCE'] ?? 180_000)

/** The approval card of a phase that still has the button, newest first; waits until there is one. */
export function openCard(rig: Rig, phase: string, button = 'Approve', withinMs = PATIENCE_MS): Promise<SlackMessage> {
  return rig.slack.waitFor(
    () =>
      rig.slack
        .messages(rig.channel)
        .findLast((message) => saysPhase(rig, message, phase) && rig.slack.text(message).includes(`[${button}`)),
    withinMs,
  )
}

/** Waits for a message in the channel that says all of this. */
export function said(rig: Rig, ...words: readonly string[]): Promise<SlackMessage> {
  return rig.slack.waitFor(
    () =>
      rig.slack
        .messages(rig.channel)
        .findLast((message) => words.every((word) => rig.slack.text(message).includes(word))),
    PATIENCE_MS,
  )
}

/** Clicks a button of a message, waiting for the moment when it is shown (a card may be on its way from one state to the next). */
export async function clickCard(rig: Rig, card: SlackMessage, user: string, actionId: string): Promise<string> {
  const { channel, ts } = card
  await rig.slack.waitFor(
    () => (JSON.stringify(rig.slack.message(channel, ts)?.versions.at(-1)).includes(actionId) ? true : undefined),
    PATIENCE_MS,
  )
  const seen = await rig.slack.click({ user, channel, ts, actionId })
  return finalAnswer(rig, seen)
}

/** A worker that is killed in the middle is followed by another one after its Lease, and its job is taken up after 15 s. */
const ANSWER_MS = 60_000

/** The last word on an act: that it was sent, or that the worker is at it, is not one. */
export async function finalAnswer(rig: Rig, seen: Seen): Promise<string> {
  const final = (message: SlackMessage): boolean => !NOT_FINAL.test(rig.slack.text(message))
  return rig.slack.text(await rig.slack.waitFor(() => seen.answers().findLast(final), ANSWER_MS))
}

const NOT_FINAL = /Sent to the worker|已发送给|is still checking|仍在检查|Working on it|正在处理/

function saysPhase(rig: Rig, message: SlackMessage, phase: string): boolean {
  const [head = ''] = rig.slack.text(message).split('\n')
  return head.includes(phase)
}
