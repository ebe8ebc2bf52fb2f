import type { ModalView } from '@slack/types'
import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { DRAFT_INPUT, REJECT_VIEW } from '../action-ids.ts'
import { LIMITS } from '../limits.ts'
import { versionFacts } from './approval-card.ts'
import { plain, section } from './blocks.ts'
import { put, type Look } from './look.ts'

export const REASON_BLOCK = 'reason'

/** Asks why. `draft` names what the bot kept about the click; nothing that decides is held by the client. */
export function rejectModal(facts: ApprovalFacts, look: Look, draft: string): ModalView {
  return {
    type: 'modal',
    callback_id: REJECT_VIEW,
    private_metadata: draft,
    title: plain(put(look, 'rejectTitle'), LIMITS.viewTitle),
    submit: plain(put(look, 'rejectSubmit'), LIMITS.viewTitle),
    close: plain(put(look, 'back'), LIMITS.viewTitle),
    blocks: [
      section(put(look, 'rejectIntro', versionFacts(facts, look))),
      {
        type: 'input',
        block_id: REASON_BLOCK,
        label: plain(put(look, 'rejectWhy'), 2000),
        hint: plain(put(look, 'rejectHint'), 2000),
        element: {
          type: 'plain_text_input',
          action_id: DRAFT_INPUT,
          multiline: true,
          min_length: 3,
          max_length: LIMITS.reason,
          focus_on_load: true,
        },
      },
    ],
  }
}
