/** Codes of what stop, resume and rollback say, beyond those of codes.ts. */
export const CONTROL_CODES = [
  'RESUMED_BACK', // the way back goes on
] as const
