import type { PhraseKey } from '../words/phrases.ts'
import { REJECT_VIEW, TYPED_VIEW } from './action-ids.ts'
import { clickedCard } from './clicked-card.ts'
import type { AskFrom, Submission } from './draft-submission.ts'
import { REASON_BLOCK } from './views/reject-modal.ts'
import { TYPED_BLOCK } from './views/typed-modal.ts'

/** A dialog with one field, from which a decision is sent. */
export type Form = {
  readonly view: string
  readonly block: string
  /** What the field says to what was typed; null where it may be sent. */
  readonly wrong: (submitted: Submission) => PhraseKey | null
  readonly ask: AskFrom
}

const LEAST_REASON = 3

export const FORMS: readonly Form[] = [
  {
    view: REJECT_VIEW,
    block: REASON_BLOCK,
    wrong: ({ text }) => ([...text].length < LEAST_REASON ? 'reasonNeeded' : null),
    ask: (card, reason) => ({ kind: 'reject', card: clickedCard(card), reason }),
  },
  {
    view: TYPED_VIEW,
    block: TYPED_BLOCK,
    wrong: ({ text, cluster }) => {
      if (text === '') return 'nameNeeded'
      return cluster !== null && text.toLowerCase() !== cluster.toLowerCase() ? 'nameWrong' : null
    },
    ask: (card, name) => ({ kind: 'approve', card: clickedCard(card), typed: name.slice(0, 100) }),
  },
]
