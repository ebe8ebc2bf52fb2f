import bolt from '@slack/bolt'
import type { App as BoltApp } from '@slack/bolt'
import type { SlackServer } from './server.ts'

/** A logger for apps whose failures are the point of a test. */
export const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => bolt.LogLevel.ERROR,
  setName: () => {},
}

/** A real Bolt app in Socket Mode against the local Slack, not yet started. It reconnects after 100 ms instead of 5 s. */
export function socketApp(slack: SlackServer): BoltApp {
  const clientOptions = { slackApiUrl: slack.apiUrl }
  const receiver = new bolt.SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 100,
    logger: silent,
    installerOptions: { clientOptions },
  })
  return new bolt.App({ token: slack.botToken, receiver, clientOptions, logger: silent })
}

/** A real Bolt app in HTTP mode, not yet started; `start(0)` takes a free port. */
export function httpApp(slack: SlackServer): BoltApp {
  const clientOptions = { slackApiUrl: slack.apiUrl }
  return new bolt.App({ token: slack.botToken, signingSecret: slack.signingSecret, clientOptions, logger: silent })
}

/** A card with one row of buttons; each is called by its action id. */
export function buttons(...ids: string[]): {
  type: 'actions'
  elements: { type: 'button'; action_id: string; value: string; text: { type: 'plain_text'; text: string } }[]
}[] {
  return [
    {
      type: 'actions',
      elements: ids.map((id) => ({
        type: 'button',
        action_id: id,
        value: `${id}.1`,
        text: { type: 'plain_text', text: id },
      })),
    },
  ]
}
