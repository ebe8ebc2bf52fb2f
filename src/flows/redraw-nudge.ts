import { isLive, nextDrawing } from '../notify/live-card.ts'
import { ownWorkloads, shownOf } from '../notify/team-message.ts'
import type { TeamState } from '../wire/team-states.ts'
import { type Looked, sendTeamCard } from './send-team-card.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Keeps the newest reminder that nobody answered as it is now: numbers, commands and what may be restarted. What is to be saved of the
 * team; where a drawing is owed it is sent by the next look, after it was saved.
 */
export async function redrawNudge(
  ctx: WorkerContext,
  looked: Looked,
  state: TeamState,
  isForgotten: boolean,
): Promise<TeamState> {
  if (!isLive(state)) return state
  const { own } = ownWorkloads(looked.taken.stragglers, looked.name, state)
  const drawn = nextDrawing(state, own, { nowMs: ctx.clocks.calendar.now(), isForgotten })
  if (!drawn) return state
  if (drawn.owed) return { ...state, drawn }
  const after = { ...state, drawn, shown: shownOf(own) }
  await sendTeamCard(ctx, looked, 'nudge', after)
  return after
}
