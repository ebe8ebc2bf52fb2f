import type { MessagePart } from '../../page-state.ts'
import { headerOf, newestCard } from './cards.ts'
import type { Coaching, CoachState } from './coaching.ts'
import { openButtons } from './open-buttons.ts'
import { continueAs, takesPart } from './people.ts'

/**
 * Something did not go forward, and nothing has come since. A card keeps its button when the fresh one is there, so only
 * the newest card counts.
 */
export function askAgain({ page }: CoachState): Coaching | null {
  const card = newestCard(page)
  if (card === null) return null
  const here = openButtons(page).filter(({ channel, ts }) => channel === card.channel && ts === card.ts)
  const button = here.find(({ actionId }) => /^(approval\.reask|run\.resume)$/.test(actionId))
  if (button === undefined) return null
  const resume = button.actionId === 'run.resume'
  const say = resume
    ? whyResume(card)
    : whyAgain(
        card,
        here.some(({ actionId }) => actionId === 'approval.plan'),
      )
  const [first] = page.demo.cast
  if (!takesPart(page) && first !== undefined) return { say, act: continueAs(first) }
  return { say, act: { kind: 'press', label: resume ? 'Resume it' : 'Ask again', button } }
}

/** A card that still shows its plan was never begun: it was rejected, or it expired. */
function whyAgain(card: MessagePart, neverBegun: boolean): string {
  if (neverBegun) return 'Nothing was changed. Ask for a fresh card when you are ready.'
  return headerOf(card).startsWith('↩️')
    ? 'This did not go forward, and what was there is back. Ask for a fresh card when you are ready.'
    : 'This did not go forward: the card says why. Ask for a fresh card when that is mended.'
}

function whyResume(card: MessagePart): string {
  return headerOf(card).startsWith('⏸️')
    ? 'The upgrade halted and needs a person: the card says why. Resume it when that is mended.'
    : 'The upgrade was stopped. Nothing new starts until it is resumed.'
}
