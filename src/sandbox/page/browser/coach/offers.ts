import type { CastMember } from '../../page-parts.ts'
import type { PageState } from '../../page-state.ts'
import { openButtons } from './open-buttons.ts'
import { saysApproves } from './people.ts'

/** The last thing that was pressed or sent, and by whom. `after` is the newest message's ts at that time. */
export type LastAct = { readonly user: string; readonly what: 'decision' | 'command'; readonly after: string }

export type Offer = { readonly ts: string; readonly channel: string; readonly people: readonly CastMember[] }

/**
 * Who could go on where this person was answered and the card still waits: under the answer that came to a press of
 * Approve or Start, the others whose role says that they approve; to a command, whoever asks for upgrades.
 */
export function offerAfter(page: PageState, last: LastAct | null): Offer | null {
  const { me, cast } = page.demo
  if (last === null || last.user !== me) return null
  const answer = page.messages.findLast(({ onlyForMe, ts }) => onlyForMe && Number(ts) > Number(last.after))
  if (answer === undefined) return null
  const people = cast.filter(({ user, role }) => user !== me && couldGoOn(page, last, user, role))
  return people.length === 0 ? null : { ts: answer.ts, channel: answer.channel, people }
}

function couldGoOn(page: PageState, last: LastAct, user: string, role: string): boolean {
  const waiting = openButtons(page).some(({ actionId }) => /^approval\.(approve|start)$/.test(actionId))
  if (last.what === 'decision') return waiting && saysApproves(role)
  // Whoever begins is the first of the cast; their own command needs nobody else.
  return !waiting && user === page.demo.cast[0]?.user
}
