import type { PhraseKey } from '../words/phrases.ts'

/** Slack's words for why a card could not stay or be posted where it was meant to be (api.slack.com/methods/chat.update, chat.postMessage). */
const WHY: Readonly<Record<string, PhraseKey>> = {
  message_not_found: 'movedDeleted',
  cant_update_message: 'movedNotOurs',
  edit_window_closed: 'movedNotOurs',
  is_archived: 'movedArchived',
  not_in_channel: 'movedNotIn',
  channel_not_found: 'movedNotIn',
  restricted_action: 'movedRestricted',
  restricted_action_read_only_channel: 'movedRestricted',
}

/** The note on a card that stands elsewhere than it was meant to; Slack's own word is not for people. */
export function movedNote(because: string | undefined): PhraseKey {
  return (because !== undefined && WHY[because]) || 'movedNote'
}
