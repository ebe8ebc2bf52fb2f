import type { ModalView } from '@slack/types'
import { refusal, type Asker, type Desk } from './asker.ts'
import { troubleOf } from './slack-errors.ts'

/** A dialog that Slack shows; `hash` guards its next update. */
export type OpenView = { readonly id: string; readonly hash: string }

/**
 * Opens a dialog for a click or command, within three seconds of it. Null where it did not open: too late, which the person is
 * told, or twice for one click, where the first stands there already. Throws what else Slack says.
 */
export async function openView(desk: Desk, asker: Asker, trigger: string, view: ModalView): Promise<OpenView | null> {
  try {
    const { view: opened } = await desk.chat.reading.views.open({ trigger_id: trigger, view })
    return { id: opened?.id ?? '', hash: opened?.hash ?? '' }
  } catch (error) {
    const trouble = troubleOf(error)
    const said = 'error' in trouble ? trouble.error : ''
    if (said === 'exchanged_trigger_id') return null
    if (said !== 'expired_trigger_id') throw error
    await desk.refuse(asker, refusal('DIALOG_TOO_LATE'))
    return null
  }
}
