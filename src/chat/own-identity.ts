import type { WebClient } from '@slack/web-api'
import { CodedError } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { NEEDED_SCOPES, OPTIONAL_SCOPES, type NeededScope } from '../wire/slack-scopes.ts'
import { startError } from './slack-errors.ts'

/** Who we are in Slack, from auth.test at the start. */
export type OwnIdentity = {
  readonly team: string
  readonly enterprise: string | null
  readonly botUser: string
  readonly botId: string
  /** `https://example.slack.com/`, for links to messages. */
  readonly url: string
}

/** Not needed where the settings name no group. */
const GROUPS: NeededScope = 'usergroups:read'

/**
 * auth.test at the start: who we are, and whether the token may do what the bot does. Throws SLACK_TOKEN_INVALID,
 * SLACK_SCOPE_MISSING {scope} or SLACK_UNREACHABLE, so that a wrong set-up is said before anybody clicks.
 */
export async function ownIdentity(
  client: WebClient,
  apiUrl: string | undefined,
  groups: readonly string[],
  log: Log,
): Promise<OwnIdentity> {
  const said = await client.auth.test().catch((error: unknown) => {
    throw startError(error, 'auth.test', 'SLACK_BOT_TOKEN', apiUrl)
  })
  checkScopes(said.response_metadata?.scopes ?? [], groups, log)
  if (!said.team_id || !said.user_id) {
    throw new CodedError('SLACK_TOKEN_INVALID', { name: 'SLACK_BOT_TOKEN', error: 'not a bot token' })
  }
  return {
    team: said.team_id,
    enterprise: said.enterprise_id ?? null,
    botUser: said.user_id,
    // Slack names the app's bot beside its user; servers that only speak like Slack may leave it out.
    botId: said.bot_id ?? said.user_id,
    url: said.url ?? 'https://slack.com/',
  }
}

/** Slack names the token's scopes with every answer; a server that doesn't is believed. */
function checkScopes(scopes: readonly string[], groups: readonly string[], log: Log): void {
  if (scopes.length === 0) return
  const isMissing = (scope: string): boolean => !scopes.includes(scope)
  const missing = Object.keys(NEEDED_SCOPES).filter(isMissing)
  const [needed] = missing.filter((scope) => scope !== GROUPS || groups.length > 0)
  if (needed) throw new CodedError('SLACK_SCOPE_MISSING', { scope: needed })
  for (const [scope, why] of Object.entries(OPTIONAL_SCOPES).filter(([name]) => isMissing(name))) {
    log.warn('the token lacks an optional scope', { scope, without: why })
  }
}
