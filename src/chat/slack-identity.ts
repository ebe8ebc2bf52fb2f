import type { Log } from '../kernel/log.ts'
import { slackClient } from './slack-clients.ts'
import { startError } from './slack-errors.ts'

/** Who the token is, and what it may do, for people who check their set-up. Throws as `ownIdentity` does. */
export async function slackIdentity(
  token: string,
  apiUrl: string | undefined,
  log: Log,
): Promise<{ readonly team: string; readonly bot: string; readonly scopes: readonly string[] }> {
  const said = await slackClient(token, apiUrl, log)
    .auth.test()
    .catch((error: unknown) => {
      throw startError(error, 'auth.test', 'SLACK_BOT_TOKEN', apiUrl)
    })
  return { team: said.team ?? said.team_id ?? '', bot: said.user ?? '', scopes: said.response_metadata?.scopes ?? [] }
}

/** Asks for an address to connect to and does not connect, so that nothing is kept. Throws as `ownIdentity` does. */
export async function trySocketToken(token: string, apiUrl: string | undefined, log: Log): Promise<void> {
  await slackClient(token, apiUrl, log)
    .apps.connections.open({})
    .catch((error: unknown) => {
      throw startError(error, 'apps.connections.open', 'SLACK_APP_TOKEN', apiUrl)
    })
}
