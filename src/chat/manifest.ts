import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../wire/slack-scopes.ts'
import { CLICKS } from './clicks.ts'
import { VERBS } from './command-words.ts'
import { EVENTS } from './events.ts'
import { FORMS } from './forms.ts'

/** `url` is where Slack posts to, over HTTP; without one the bot opens a socket itself. */
export type ManifestFor = { readonly command: string; readonly url?: string }

/**
 * The app as Slack is told of it, from what the bot has handlers for: its command, its events, and interactivity while anything
 * can be clicked. Schema: major version 2 (docs.slack.dev/reference/app-manifest).
 */
export function appManifest({ command, url }: ManifestFor) {
  const interactive = Object.keys(CLICKS).length + FORMS.length > 0
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: ABOUT,
    features: {
      app_home: {
        home_tab_enabled: 'app_home_opened' in EVENTS,
        // Slack refuses direct messages of an app without this tab (`messages_tab_disabled`); nobody is read there.
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: 'meshferry', always_online: true },
      slash_commands: [
        {
          command,
          ...(url ? { url } : {}),
          description: 'Upgrade Istio, see where it stands, stop it or go back',
          usage_hint: Object.keys(VERBS).join(' | '),
          // Escaped, a cluster called prod.sh would arrive as a link.
          should_escape: false,
        },
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(NEEDED_SCOPES), bot_optional: Object.keys(OPTIONAL_SCOPES) } },
    settings: {
      event_subscriptions: { ...(url ? { request_url: url } : {}), bot_events: Object.keys(EVENTS) },
      interactivity: { is_enabled: interactive, ...(url && interactive ? { request_url: url } : {}) },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  }
}

const ABOUT = {
  name: 'Meshferry',
  description: "Upgrades Istio on your clusters, step by approved step, and never restarts a tenant's pod by itself.",
  background_color: '#16324f',
  long_description: [
    'Meshferry upgrades Istio while everybody else goes on working.',
    'It puts the new control plane beside the old one, asks named people before each phase, moves injection without a gap,',
    'proves what every new pod would get, and can go back at any time.',
    "It never restarts a tenant's pod by itself.",
  ].join(' '),
}
