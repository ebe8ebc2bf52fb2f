import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import type { Seen } from '../../src/sandbox/slack-server/people.ts'
import { clickCard, finalAnswer, openCard, said } from './people.ts'
import type { Rig } from './rig.ts'

/** `/istio …` by a person. */
export function command(rig: Rig, user: string, text: string): Promise<Seen> {
  return rig.slack.command({ user, channel: rig.channel, text })
}

/** `/istio …`, and what the person is told in the end (not that it was sent). */
export async function answerTo(rig: Rig, user: string, text: string): Promise<string> {
  const seen = await command(rig, user, text)
  return finalAnswer(rig, seen)
}

/** `/istio upgrade to 1.31.0` by Lee; the card of the install, when it is there. */
export async function askUpgrade(rig: Rig): Promise<SlackMessage> {
  await command(rig, 'U0LEE', 'upgrade to 1.31.0')
  return openCard(rig, 'install')
}

/** Asked and approved: the install begins. */
export async function startInstall(rig: Rig): Promise<void> {
  await clickCard(rig, await askUpgrade(rig), 'U0MEI', 'approval.approve')
}

/** Asked, approved and installed; the card of the switch, when it is there. */
export async function install(rig: Rig): Promise<SlackMessage> {
  await startInstall(rig)
  return openCard(rig, 'switch')
}

/** Both approvals and Start of the switch; waits for nothing more. */
export async function startSwitch(rig: Rig): Promise<void> {
  const card = await openCard(rig, 'switch')
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  await clickCard(rig, card, 'U0SRE', 'approval.approve')
  await clickCard(rig, card, 'U0LEE', 'approval.start')
}

/** The whole way forward. */
export async function switchOver(rig: Rig): Promise<void> {
  await install(rig)
  await startSwitch(rig)
  await said(rig, 'Done: switch')
}

/** `/istio rollback` by Mei, until the run has returned. */
export async function rollBack(rig: Rig): Promise<void> {
  await command(rig, 'U0MEI', 'rollback')
  await said(rig, 'Returned: ')
}

/** Rejects by the button and its form. */
export async function reject(rig: Rig, card: SlackMessage, user: string, reason: string): Promise<void> {
  await rig.slack.click({ user, channel: card.channel, ts: card.ts, actionId: 'approval.reject' })
  await rig.slack.waitFor(() => rig.slack.views(user).length > 0, 10_000)
  await rig.slack.submit({ user, values: { reason } })
}
