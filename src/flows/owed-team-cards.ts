import { isDrawn } from '../notify/live-card.ts'
import { ownWorkloads } from '../notify/team-message.ts'
import type { Run } from '../wire/run.ts'
import type { TeamState } from '../wire/team-states.ts'
import { type Looked, lineName, sendTeamCard } from './send-team-card.ts'
import type { WorkerContext } from './worker-context.ts'

/** Redis has lost its memory: what teams may still answer is sent to the bot again, at the next look that has a count. */
export async function oweTeamCards(ctx: WorkerContext, run: Run): Promise<void> {
  await ctx.teams.amend(async (states) => (states?.run === run.id ? { ...states, owed: true } : states))
}

/**
 * Sends the bot what one team may still click: the message at the switch and the live reminder. Also where it is not known where they
 * stand, if nothing newer was sent: what waited in Redis may never have been posted, and the bot posts one name once. One that was answered
 * has no button to keep.
 */
export async function sendOwed(ctx: WorkerContext, looked: Looked, state: TeamState | undefined): Promise<void> {
  if (!state) return
  const { run, name } = looked
  const posted = await ctx.store.messages()
  const { nudges, old } = state
  if (posted[lineName(run, name, 'told', { nudges: 0 })] || (nudges === 0 && old > 0))
    await sendTeamCard(ctx, looked, 'told', { ...state, nudges: 0 })
  if (!isRepeated(looked, state)) return
  if (posted[lineName(run, name, 'nudge', state)] || old > 0) await sendTeamCard(ctx, looked, 'nudge', state)
}

/** A live reminder only as it was sent: else it is drawn anew at once, with a revision of its own. */
function isRepeated({ taken, name }: Looked, state: TeamState): boolean {
  const { nudges, old, answeredNudge, thanked } = state
  if (nudges === 0 || nudges === answeredNudge || nudges === thanked) return false
  return old === 0 || isDrawn(state, ownWorkloads(taken.stragglers, name, state).own)
}
