/** What the bot can't do without, and for what. The manifest asks for these, the bot's start and `doctor` look for them. */
export const NEEDED_SCOPES = {
  commands: 'the slash command',
  'chat:write': 'cards, progress, alarms, answers',
  'users:read': 'a guest, a stranger or a removed account must not decide; the language somebody chose in Slack',
  'usergroups:read': 'whether who clicked belongs to a group that may',
  'channels:read': "cards aren't posted to channels shared with other companies; whose team's channel somebody is in",
  'groups:read': 'the same for private channels',
} as const

/** What an app may be installed without, and what it gains by it. */
export const OPTIONAL_SCOPES = {
  'chat:write.public': "posts to public channels that the bot wasn't invited to",
  'channels:history': 'a post whose answer was lost is found again by its metadata, instead of posted once more',
  'groups:history': 'the same in private channels',
} as const

export type NeededScope = keyof typeof NEEDED_SCOPES
