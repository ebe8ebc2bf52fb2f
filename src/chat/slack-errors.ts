import { CodedError, messageOf } from '../kernel/errors.ts'
import webApi from '@slack/web-api'

/**
 * What a failed call means for whoever made it: `limited` (wait that long for this method and channel), `later` (network
 * or Slack's own trouble: try again; `maybeDone` where the call may have been carried out all the same), `gone` (the message or channel is no more), `blocks` (Slack doesn't take the blocks),
 * `refused` (anything else that Slack says no to).
 */
export type SlackTrouble =
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  | { readonly kind: 'later'; readonly error: string; readonly maybeDone: boolean }
  | { readonly kind: 'gone'; readonly error: string }
  | { readonly kind: 'blocks'; readonly error: string; readonly messages: readonly string[] }
  | { readonly kind: 'refused'; readonly error: string; readonly needed?: string }

const GONE: readonly string[] = [
  'message_not_found',
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'cant_update_message',
  'edit_window_closed',
  'restricted_action',
  'restricted_action_read_only_channel',
]
const BLOCKS: readonly string[] = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']
const LATER: readonly string[] = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']

export function troubleOf(error: unknown): SlackTrouble {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'limited', retryAfterMs: error.retryAfter * 1000 }
  }
  if (error instanceof webApi.WebAPIPlatformError) return platformTrouble(error.data)
  return { kind: 'later', error: messageOf(error), maybeDone: maybeDone(error) }
}

/** Slack was never reached: nothing can have been carried out. */
const NOT_REACHED: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]
/** What stands between may have lost the answer; Slack's own 503 and everything else says that nothing was done. */
const MAYBE_DONE_STATUS: readonly number[] = [500, 502, 504]

function maybeDone(error: unknown): boolean {
  if (error instanceof webApi.WebAPIHTTPError) return MAYBE_DONE_STATUS.includes(error.statusCode)
  if (!(error instanceof webApi.WebAPIRequestError)) return true
  const { cause } = error.original
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  return !NOT_REACHED.includes(code)
}

type PlatformData = InstanceType<typeof webApi.WebAPIPlatformError>['data']

function platformTrouble(data: PlatformData): SlackTrouble {
  const { error } = data
  if (error === 'ratelimited') return { kind: 'limited', retryAfterMs: 30_000 }
  if (GONE.includes(error)) return { kind: 'gone', error }
  if (BLOCKS.includes(error)) return { kind: 'blocks', error, messages: data.response_metadata?.messages ?? [] }
  if (LATER.includes(error)) return { kind: 'later', error, maybeDone: error !== 'service_unavailable' }
  const needed = 'needed' in data && typeof data.needed === 'string' ? data.needed : undefined
  return { kind: 'refused', error, ...(needed ? { needed } : {}) }
}

const TOKEN_ERRORS: readonly string[] = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]

/** Does Slack no longer take this token at all? */
export function isTokenError(error: string): boolean {
  return TOKEN_ERRORS.includes(error)
}

/** The error of a call at the start, as a person should read it: token, scope, network or anything else. */
export function startError(error: unknown, method: string, token: string, url: string | undefined): CodedError {
  const trouble = troubleOf(error)
  if (trouble.kind === 'refused' && isTokenError(trouble.error)) {
    return new CodedError('SLACK_TOKEN_INVALID', { name: token, error: trouble.error }, { cause: error })
  }
  if (trouble.kind === 'refused' && trouble.error === 'missing_scope') {
    return new CodedError('SLACK_SCOPE_MISSING', { scope: trouble.needed, method }, { cause: error })
  }
  if (trouble.kind === 'later' || trouble.kind === 'limited') {
    const message = trouble.kind === 'later' ? trouble.error : 'rate limited'
    return new CodedError('SLACK_UNREACHABLE', { url, message }, { cause: error })
  }
  return new CodedError('SLACK_REFUSED', { method, error: trouble.error }, { cause: error })
}
