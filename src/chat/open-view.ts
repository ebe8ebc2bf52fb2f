import type { ModalView } from '@slack/types'
import { sleep } from '../kernel/retry.ts'
import { refusal, type Asker, type Desk } from './asker.ts'
import { troubleOf, type SlackTrouble } from './slack-errors.ts'

/** A dialog that Slack shows; `hash` guards its next update. */
export type OpenView = { readonly id: string; readonly hash: string }

/** Slack allows three seconds from the click; what is left is for the last try itself. */
const TRY_FOR_MS = 2000
const PAUSE_MS = 300

/**
 * Opens a dialog for a click or command, within three seconds of it; while Slack has trouble of its own it is tried again for two.
 * Null where it did not open: too late, which the person is told, or twice for one click, where the first stands there already.
 * Throws what else Slack says.
 */
export async function openView(desk: Desk, asker: Asker, trigger: string, view: ModalView): Promise<OpenView | null> {
  const { now } = desk.chat.clocks.machine
  const endMs = now() + TRY_FOR_MS
  for (;;) {
    try {
      const { view: opened } = await desk.chat.reading.views.open({ trigger_id: trigger, view })
      return { id: opened?.id ?? '', hash: opened?.hash ?? '' }
    } catch (error) {
      const trouble = troubleOf(error)
      if (isOpen(trouble)) return null
      if (!isLate(trouble)) throw error
      const pauseMs = trouble.kind === 'limited' ? trouble.retryAfterMs : PAUSE_MS
      if (trouble.kind === 'refused' || now() + pauseMs >= endMs) return tooLate(desk, asker)
      await sleep(pauseMs)
    }
  }
}

/** Also by an earlier try whose answer was lost. */
function isOpen(trouble: SlackTrouble): boolean {
  return trouble.kind === 'refused' && trouble.error === 'exchanged_trigger_id'
}

function isLate(trouble: SlackTrouble): boolean {
  if (trouble.kind === 'refused') return trouble.error === 'expired_trigger_id'
  return trouble.kind === 'limited' || trouble.kind === 'later'
}

async function tooLate(desk: Desk, asker: Asker): Promise<null> {
  await desk.refuse(asker, refusal('DIALOG_TOO_LATE'))
  return null
}
