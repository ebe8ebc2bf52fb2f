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
      return await opened(desk, trigger, view)
    } catch (error) {
      const next = after(troubleOf(error))
      if (next === 'open') return null
      if (next === 'never') throw error
      if (next === 'late' || now() + next >= endMs) return tooLate(desk, asker)
      await sleep(next)
    }
  }
}

async function opened({ chat }: Desk, trigger: string, view: ModalView): Promise<OpenView> {
  const said = await chat.reading.views.open({ trigger_id: trigger, view })
  return { id: said.view?.id ?? '', hash: said.view?.hash ?? '' }
}

/** What comes after a try that failed: another one in so many ms, or none. `open` is also said where an earlier answer was lost. */
function after(trouble: SlackTrouble): number | 'open' | 'late' | 'never' {
  if (trouble.kind === 'limited') return trouble.retryAfterMs
  if (trouble.kind === 'later') return PAUSE_MS
  if (trouble.kind !== 'refused') return 'never'
  if (trouble.error === 'exchanged_trigger_id') return 'open'
  return trouble.error === 'expired_trigger_id' ? 'late' : 'never'
}

async function tooLate(desk: Desk, asker: Asker): Promise<null> {
  await desk.refuse(asker, refusal('DIALOG_TOO_LATE'))
  return null
}
