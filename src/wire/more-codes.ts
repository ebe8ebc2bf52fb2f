import { COMMAND_CODES } from './command-codes.ts'
import { CONTROL_CODES } from './control-codes.ts'
import { DEMO_CODES } from './demo-codes.ts'
import { DIALOG_CODES } from './dialog-codes.ts'
import { OVER_CODES } from './over-codes.ts'
import { RESTART_CODES } from './restart-codes.ts'
import { SIDECAR_CODES } from './sidecar-codes.ts'
import { TEAM_CODES } from './team-codes.ts'

/** The codes that have files of their own. Part of codes.ts. */
export const MORE_CODES = [
  ...COMMAND_CODES,
  ...DIALOG_CODES,
  ...DEMO_CODES,
  ...TEAM_CODES,
  ...SIDECAR_CODES,
  ...RESTART_CODES,
  ...OVER_CODES,
  ...CONTROL_CODES,
] as const
