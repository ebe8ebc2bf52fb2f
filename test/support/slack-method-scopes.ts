/**
 * Which scopes of a bot token a Web API method needs: any one of them, by the kind of the channel where there are several.
 * Each from the method's own page, docs.slack.dev/reference/methods/NAME, "Required scopes: Bot token".
 */
export const METHOD_SCOPES: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  // An app-level token's connections:write, which no manifest holds.
  'apps.connections.open': [],
  'chat.postMessage': ['chat:write', 'chat:write.public'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.conversations': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
}

/** Which scope an event needs to be sent at all: docs.slack.dev/reference/events/NAME, "Required scopes". */
export const EVENT_SCOPES: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_uninstalled: [],
  subteam_members_changed: ['usergroups:read'],
  tokens_revoked: [],
}

/** A slash command in the manifest: docs.slack.dev/reference/scopes/commands. */
export const COMMAND_SCOPES: readonly string[] = ['commands']
