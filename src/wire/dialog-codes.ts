/** Codes of dialogs, and of what is asked before anything is asked for. Part of codes.ts. */
export const DIALOG_CODES = [
  'DIALOG_TOO_LATE', // Slack no longer opens a dialog for this click
  'DRAFT_LAPSED', // a modal that was open too long
  'DIALOG_UNREADABLE', // a modal that another version of the bot opened, or with other settings
  'PREVIEWED', // versions and checks, for the dialog
  'PREVIEW_UNASKED', // Redis is away, so no worker was asked
  'PREVIEW_SILENT', // no versions or checks yet, and no worker is seen
  'PREVIEW_LAPSED', // two minutes without them
] as const
