import type { Catalogue } from '../sentence.ts'

/** Dialogs, and what is asked for them. */
export const dialogsEn = {
  DIALOG_TOO_LATE: [
    'The dialog could not be opened in the three seconds that Slack allows, and nothing was changed: please click again, or type the command again.',
  ],
  DRAFT_LAPSED: [
    'This dialog was open for more than 30 minutes, so nothing was changed.',
    'Click the button on the card again.',
  ],
  DIALOG_UNREADABLE: [
    'The bot cannot read what this dialog held: it was updated, or its settings changed, after the dialog was opened. Nothing was changed.',
    'Open the dialog again.',
  ],
  PREVIEWED: ['The versions and checks stand in the dialog. Nothing was changed.'],
  PREVIEW_UNASKED: [
    'The bot could not reach its queue (Redis), so the worker of {cluster} was not asked what can be chosen.',
    'Open this dialog again when Redis is back.',
  ],
  PREVIEW_SILENT: [
    'No answer from the worker of {cluster} yet[[; its last sign of life was {at}]].',
    'Is it running? What it answers within 2 minutes appears here by itself.',
  ],
  PREVIEW_LAPSED: [
    'The worker of {cluster} did not answer within 2 minutes. It was only asked what can be chosen; nothing was changed.',
    'Look at the worker’s pods, then open this dialog again.',
  ],
} as const satisfies Partial<Catalogue>
