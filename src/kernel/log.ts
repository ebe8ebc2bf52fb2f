import { pino } from 'pino'
import type { Facts } from './errors.ts'

export type Log = {
  readonly debug: (message: string, facts?: Facts) => void
  readonly info: (message: string, facts?: Facts) => void
  readonly warn: (message: string, facts?: Facts) => void
  readonly error: (message: string, facts?: Facts) => void
}

const SECRET_TEXT = /xox[abeprs]-[\w-]+|xapp-[\w-]+|https:\/\/hooks\.slack\.com\/\S+|Bearer\s+\S+/g

/** JSON lines on standard output. Tokens, response URLs and bearer headers are cut from every message and fact. */
export function newLog(level: string, name: string, write?: (line: string) => void): Log {
  const options = { level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime }
  const logger = write ? pino(options, { write }) : pino(options)
  return {
    debug: (message, facts) => logger.debug(cleanFacts(facts), clean(message)),
    info: (message, facts) => logger.info(cleanFacts(facts), clean(message)),
    warn: (message, facts) => logger.warn(cleanFacts(facts), clean(message)),
    error: (message, facts) => logger.error(cleanFacts(facts), clean(message)),
  }
}

/** The text with everything that looks like a Slack or Kubernetes credential replaced. */
function clean(text: string): string {
  return text.replace(SECRET_TEXT, '[secret]')
}

function cleanFacts(facts: Facts | undefined): Facts {
  if (!facts) return {}
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, typeof value === 'string' ? clean(value) : value]),
  )
}
