import { setTimeout as sleep } from 'node:timers/promises'
import type { SubmitArgs } from '../../src/sandbox/slack-server/forms.ts'
import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import { clickCard, finalAnswer, openCard, said } from './people.ts'
import type { Rig } from './rig.ts'

export const DAY_MS = 86_400_000

/** Approved by Mei, started by Lee; waits for nothing more. */
export async function startRehearsal(rig: Rig): Promise<string> {
  const card = await openCard(rig, 'rehearsal')
  await counted(() => clickCard(rig, card, 'U0MEI', 'approval.approve'))
  return counted(() => clickCard(rig, card, 'U0LEE', 'approval.start'))
}

/** Rehearsed; the card of the retirement, when it is there. */
export async function rehearse(rig: Rig): Promise<SlackMessage> {
  await startRehearsal(rig)
  await said(rig, 'Done: rehearsal')
  return openCard(rig, 'retire')
}

/** Rehearsed, approved by two who type the name, started by Lee; waits for nothing more. */
export async function startRetire(rig: Rig): Promise<string> {
  const card = await rehearse(rig)
  await counted(() => approveByName(rig, card, 'U0MEI', rig.cluster))
  await counted(() => approveByName(rig, card, 'U0SRE', rig.cluster))
  return counted(() => clickCard(rig, card, 'U0LEE', 'approval.start'))
}

const COUNTED_MS = 30_000

/** Does as the answer says while the worker, which may have just begun, hasn't counted yet: again in a moment. */
async function counted(act: () => Promise<string>): Promise<string> {
  const endMs = Date.now() + COUNTED_MS
  for (;;) {
    const answer = await act()
    if (!answer.includes('CENSUS_STALE') || Date.now() > endMs) return answer
    await sleep(500)
  }
}

/** Approves by the button and its form, into which a name is typed; the answer to it. */
export async function approveByName(rig: Rig, card: SlackMessage, user: string, text: string): Promise<string> {
  const { seen } = await typeName(rig, card, user, text)
  return finalAnswer(rig, seen)
}

/** What the form says at its field to a name that was typed; it stays open. */
export async function refusedName(rig: Rig, card: SlackMessage, user: string, text: string): Promise<unknown> {
  const { sent } = await typeName(rig, card, user, text)
  await rig.slack.closeModal({ user })
  return sent.errors
}

/** The same with blocks that the dialog never had, so that its field compares nothing, or with another name. */
export async function approveForged(
  rig: Rig,
  card: SlackMessage,
  user: string,
  { text, blocks }: { readonly text: string; readonly blocks: readonly { readonly block_id: string }[] },
): Promise<string> {
  const { seen, sent } = await typeName(rig, card, user, text, { view: { blocks } })
  if (sent.errors) throw new Error(`the field took it for wrong: ${JSON.stringify(sent.errors)}`)
  return finalAnswer(rig, seen)
}

async function typeName(rig: Rig, card: SlackMessage, user: string, text: string, forge?: SubmitArgs['forge']) {
  const seen = await rig.slack.click({ user, channel: card.channel, ts: card.ts, actionId: 'approval.approve' })
  await rig.slack.waitFor(() => rig.slack.views(user).length > 0, 10_000)
  return { seen, sent: await rig.slack.submit({ user, values: { typed: text }, ...(forge ? { forge } : {}) }) }
}
