import { DEMO_CODES } from './demo-codes.ts'
import { RESTART_CODES } from './restart-codes.ts'

/** The codes that have files of their own. Part of codes.ts. */
export const MORE_CODES = [...DEMO_CODES, ...RESTART_CODES] as const
