import { WebClient, type WebClientOptions } from '@slack/web-api'
import bolt, { type Logger } from '@slack/bolt'
import type { Log } from '../kernel/log.ts'

const TIMEOUT_MS = 10_000

/**
 * A client that never retries and never waits: a 429 would pause its whole queue, and a lost reply would be posted again
 * (facts of @slack/web-api 8.2: ten retries over half an hour by default). Whoever calls decides what comes next.
 */
export function slackClient(token: string, apiUrl: string | undefined, log: Log): WebClient {
  return new WebClient(token, clientOptions(apiUrl, log))
}

export function clientOptions(apiUrl: string | undefined, log: Log): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    logger: boltLogger(log),
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  }
}

/** Bolt's lines in our log. Debug is dropped: it prints whole payloads, with response URLs in them. */
export function boltLogger(log: Log): Logger {
  const text = (parts: unknown[]): string => parts.map(String).join(' ')
  return {
    debug: () => {},
    info: (...parts: unknown[]) => log.debug(text(parts)),
    warn: (...parts: unknown[]) => log.warn(text(parts)),
    error: (...parts: unknown[]) => log.error(text(parts)),
    setLevel: () => {},
    getLevel: () => bolt.LogLevel.INFO,
    setName: () => {},
  }
}
