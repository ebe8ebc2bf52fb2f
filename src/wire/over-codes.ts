/** Codes of how an upgrade ended, for whoever clicks a card of one that is over. Part of codes.ts. */
export const OVER_CODES = [
  'UPGRADE_OVER_DONE', // a click on a card of an upgrade that is done
  'UPGRADE_OVER_BACK', // the same of one that was undone
  'UPGRADE_OVER_REPLACED', // the same of one that gave way to a new one, or whose old control plane somebody else removed
  'UPGRADE_RECORD_GONE', // the same of one of which no record is kept
] as const
