import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import type { Rig } from './rig.ts'

/** Long enough for an install on a real control plane. */
const PATIENCE_MS = Number(process.env['RIG_PATIENCE'] ?? 90_000)

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
  const answer = await rig.slack.waitFor(
    () => seen.answers().findLast((message) => !/Sent to the worker/.test(rig.slack.text(message))),
    15_000,
  )
  return rig.slack.text(answer)
}

function saysPhase(rig: Rig, message: SlackMessage, phase: string): boolean {
  const [head = ''] = rig.slack.text(message).split('\n')
  return head.includes(phase)
}
