import { join } from 'node:path'
import { manifestFor } from '../../src/compose/manifest.ts'
import { DEFAULTS } from '../../src/config/defaults.ts'

/** The Slack app as it is delivered: with the default command, by a socket. */
export const MANIFEST = {
  file: join(import.meta.dirname, '..', '..', 'deploy', 'slack-manifest.yaml'),
  text: (): string => `${manifestFor({ command: DEFAULTS.command })}\n`,
}
