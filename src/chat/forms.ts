import type { PhraseKey } from '../words/phrases.ts'
import { REJECT_VIEW, TYPED_VIEW } from './action-ids.ts'
import { clickedCard } from './clicked-card.ts'
import type { AskFrom } from './draft-submission.ts'
import { REASON_BLOCK } from './views/reject-modal.ts'
import { TYPED_BLOCK } from './views/typed-modal.ts'

/** A dialog with one field, from which a decision is sent. */
export type Form = {
  readonly view: string
  readonly block: string
  /** How many characters are too few to send, and what the form says then. */
  readonly least: number
  readonly tooShort: PhraseKey
  readonly ask: AskFrom
}

export const FORMS: readonly Form[] = [
  {
    view: REJECT_VIEW,
    block: REASON_BLOCK,
    least: 3,
    tooShort: 'reasonNeeded',
    ask: (card, reason) => ({ kind: 'reject', card: clickedCard(card), reason }),
  },
  {
    view: TYPED_VIEW,
    block: TYPED_BLOCK,
    least: 1,
    tooShort: 'nameNeeded',
    ask: (card, name) => ({ kind: 'approve', card: clickedCard(card), typed: name.slice(0, 100) }),
  },
]
