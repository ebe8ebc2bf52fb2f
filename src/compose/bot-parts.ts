import { deliveryFrom, type ChatSettings, type ChatTeam } from '../chat/settings.ts'
import { everybodyIn, type Settings, type TeamSettings } from '../config/settings.ts'
import type { Log } from '../kernel/log.ts'
import type { BotParts } from './bot.ts'
import { CLOCKS, missing, redisUrl } from './needed.ts'

/** What the bot is built from. Throws SLACK_TOKEN_MISSING or ENV_MISSING {name}. */
export function botParts(settings: Settings, log: Log): BotParts {
  const { env } = settings
  const { botToken, delivery } = deliveryFrom({
    SLACK_BOT_TOKEN: env.slackBotToken,
    SLACK_APP_TOKEN: env.slackAppToken,
    SLACK_SIGNING_SECRET: env.slackSigningSecret,
    PORT: env.port?.toString(),
  })
  const chat: ChatSettings = {
    botToken,
    delivery,
    ...(env.slackApiUrl ? { apiUrl: env.slackApiUrl } : {}),
    command: settings.slackCommand,
    locale: settings.locale,
    clusters: Object.values(settings.clusters).map(({ name, channel, fallbackChannel, locale }) => ({
      name,
      channel,
      ...(fallbackChannel ? { fallbackChannel } : {}),
      ...(locale ? { locale } : {}),
    })),
    teams: teamsOf(settings),
    groups: groupsOf(settings),
    signingKey: env.botKey ?? missing('MESHFERRY_BOT_KEY'),
  }
  return { settings: chat, redisUrl: redisUrl(settings), clocks: CLOCKS, log }
}

function teamsOf({ teams, unowned }: Settings): readonly ChatTeam[] {
  const known = Object.entries(teams).map(([name, team]) => teamOf(name, team))
  return unowned ? [...known, teamOf(null, unowned)] : known
}

function teamOf(name: string | null, { channel, contact, members }: TeamSettings): ChatTeam {
  return { name, channel, ...(contact ? { contact } : {}), ...(members ? { members } : {}) }
}

/** Every user group that any right rests on: the bot reads memberships in these, and only these, at each click. */
function groupsOf(settings: Settings): readonly string[] {
  const listed = Object.values(settings.clusters).flatMap(({ approvals, requestsFrom }) => [
    ...requestsFrom,
    ...everybodyIn(approvals),
  ])
  return [...new Set(listed.filter((id) => id.startsWith('S')))]
}
