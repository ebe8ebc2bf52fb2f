import type { ModalView } from '@slack/types'
import type { Look } from '../../src/chat/views/look.ts'
import { planModal } from '../../src/chat/views/plan-modal.ts'
import { rejectModal } from '../../src/chat/views/reject-modal.ts'
import { typedModal } from '../../src/chat/views/typed-modal.ts'
import type { Locale } from '../../src/wire/names.ts'
import { approvalSample } from '../support/phase-samples.ts'
import { look, type Size } from '../support/sample-size.ts'
import type { GalleryEntry } from './gallery-entry.ts'
import { UPGRADES } from './upgrade-entries.ts'

const DRAFT = 'dr-01jd9q4t7h0123456789abcdef'

type Draw = (size: Size, look: Look) => ModalView

/** Every dialog, by its name. */
const MODALS: Readonly<Record<string, Draw>> = {
  'plan of an installation': (size, view) => planModal(approvalSample(size, 'pending', 'install'), view),
  'plan of a switch': (size, view) => planModal(approvalSample(size, 'pending', 'switch'), view),
  'reason of a rejection': (size, view) => rejectModal(approvalSample(size, 'pending', 'switch'), view, DRAFT),
  'name typed for a removal': (size, view) => typedModal(approvalSample(size, 'pending', 'retire'), view, DRAFT),
  ...UPGRADES,
}

export function modalEntries(lang: Locale, size: Size): readonly GalleryEntry[] {
  return Object.entries(MODALS).map(([name, draw]) => {
    const view = draw(size, look(lang))
    return { name, lang, surface: 'modal', text: view.title.text, view }
  })
}
