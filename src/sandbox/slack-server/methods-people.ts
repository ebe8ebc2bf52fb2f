import { textOf } from './json.ts'
import type { Json } from './json.ts'
import { flag } from './messages.ts'
import { botMethod, no } from './method.ts'
import type { Context, Method } from './method.ts'
import type { SlackUser } from './model.ts'
import type { World } from './world.ts'

function authTest({ world }: Context): Json {
  return {
    ok: true,
    url: `https://${world.team.domain}.slack.com/`,
    team: world.team.name,
    user: world.bot.name,
    team_id: world.team.id,
    user_id: world.bot.userId,
    bot_id: world.bot.botId,
    is_enterprise_install: false,
    ...(world.team.enterpriseId === undefined ? {} : { enterprise_id: world.team.enterpriseId }),
  }
}

function usersInfo({ world }: Context, args: Json): Json {
  const user = world.users.get(textOf(args['user']))
  return user === undefined
    ? no('user_not_found')
    : { ok: true, user: userJson(world, user, flag(args['include_locale'])) }
}

function userJson(world: World, user: SlackUser, withLocale: boolean): Json {
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted,
    tz: user.tz,
    is_bot: user.isBot,
    is_app_user: false,
    is_admin: false,
    is_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    ...(user.isStranger ? { is_stranger: true } : {}),
    ...(user.isInvitedUser ? { is_invited_user: true } : {}),
    profile: profileOf(world, user),
    ...(user.enterpriseId === undefined
      ? {}
      : { enterprise_user: { id: user.id, enterprise_id: user.enterpriseId, teams: [user.teamId] } }),
    ...(withLocale ? { locale: user.locale } : {}),
  }
}

function profileOf(world: World, user: SlackUser): Json {
  const email = world.scopes.has('users:read.email') ? user.email : undefined
  return {
    real_name: user.realName,
    display_name: user.name,
    team: user.teamId,
    ...(email === undefined ? {} : { email }),
  }
}

function groupMembers({ world }: Context, args: Json): Json {
  const group = world.groups.get(textOf(args['usergroup']))
  return group === undefined ? no('no_such_subteam') : { ok: true, users: [...group.members] }
}

function groupList({ world }: Context, args: Json): Json {
  const usergroups = [...world.groups.values()].map((group) => ({
    id: group.id,
    team_id: world.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    date_delete: 0,
    user_count: group.members.length,
    ...(flag(args['include_users']) ? { users: [...group.members] } : {}),
  }))
  return { ok: true, usergroups }
}

function botsInfo({ world }: Context, args: Json): Json {
  const { botId, appId, userId, name } = world.bot
  if (textOf(args['bot']) !== botId) return no('bot_not_found')
  return { ok: true, bot: { id: botId, deleted: false, name, app_id: appId, user_id: userId } }
}

function teamInfo({ world }: Context): Json {
  const { id, name, domain, enterpriseId, enterpriseName } = world.team
  return {
    ok: true,
    team: {
      id,
      name,
      domain,
      ...(enterpriseId === undefined ? {} : { enterprise_id: enterpriseId, enterprise_name: enterpriseName ?? '' }),
    },
  }
}

export const peopleMethods: Record<string, Method> = {
  'auth.test': botMethod([], authTest),
  'users.info': botMethod(['users:read'], usersInfo),
  'usergroups.users.list': botMethod(['usergroups:read'], groupMembers),
  'usergroups.list': botMethod(['usergroups:read'], groupList),
  'bots.info': botMethod(['users:read'], botsInfo),
  'team.info': botMethod(['team:read'], teamInfo),
}
