import type { ModalView } from '@slack/types'
import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { DRAFT_INPUT, TYPED_VIEW } from '../action-ids.ts'
import { LIMITS } from '../limits.ts'
import { versionFacts } from './approval-card.ts'
import { plain, section } from './blocks.ts'
import { put, type Look } from './look.ts'
import { PHASE_PHRASES } from './phase-phrases.ts'

export const TYPED_BLOCK = 'typed'

const ABOUT = 'about.'

/** The cluster that a dialog of ours is about, by the names of its blocks; null where none says it. */
export function clusterAbout(blocks: readonly { readonly block_id?: string | undefined }[]): string | null {
  return blocks.find(({ block_id: id }) => id?.startsWith(ABOUT))?.block_id?.slice(ABOUT.length) ?? null
}

/** Approves a removal: the cluster's name is typed; its field refuses another, and the worker compares it. `draft` names what the bot kept about the click. */
export function typedModal(facts: ApprovalFacts, look: Look, draft: string): ModalView {
  const about = versionFacts(facts, look)
  return {
    type: 'modal',
    callback_id: TYPED_VIEW,
    private_metadata: draft,
    title: plain(put(look, 'retireTitle'), LIMITS.viewTitle),
    submit: plain(put(look, 'retireSubmit'), LIMITS.viewTitle),
    close: plain(put(look, 'back'), LIMITS.viewTitle),
    blocks: [
      {
        ...section(`${put(look, 'retireIntro', about)}\n${put(look, PHASE_PHRASES[facts.phase].confirm, about)}`),
        block_id: `${ABOUT}${facts.cluster}`,
      },
      {
        type: 'input',
        block_id: TYPED_BLOCK,
        label: plain(put(look, 'retireLabel', about), 2000),
        hint: plain(put(look, 'retireHint'), 2000),
        element: { type: 'plain_text_input', action_id: DRAFT_INPUT, max_length: 100, focus_on_load: true },
      },
    ],
  }
}
