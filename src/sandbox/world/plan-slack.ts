import type { NewChannel, NewGroup, NewUser } from '../slack-server/model.ts'
import type { Department } from './company.ts'
import type { TeamPlan, WorldPlan } from './plan.ts'

/** The people whom the visitor may be, and the channels where cards are posted: ids that settings and stories name. */
export const cast = {
  lee: 'U0LEE',
  mei: 'U0MEI',
  sam: 'U0SAM',
  payments: 'U0PAYMENTS',
  outsider: 'U0OUTSIDER',
} as const

export const slackIds = { prod: 'C0PROD', ops: 'C0OPS', platform: 'S0PLATFORM', onCall: 'S0ONCALL' } as const

const OWN: readonly NewUser[] = [
  person(cast.lee, 'lee', 'Lee', 'en-US', 'Asia/Shanghai'),
  person(cast.mei, 'mei', '梅 Mei', 'zh-CN', 'Asia/Shanghai'),
  person(cast.sam, 'sam', 'Sam', 'en-GB', 'Europe/Berlin'),
  person(cast.payments, 'xiaoyu', '林晓雨', 'zh-CN', 'Asia/Shanghai'),
  person(cast.outsider, 'robin', 'Robin Hale', 'en-US', 'America/New_York'),
]

/** The team as the settings name it in Slack. Its contact is of the cast where the cast has one. */
export function teamOf({ name, zone, locale }: Department): TeamPlan {
  const id = idOf(name)
  const contact = name === 'platform' ? cast.lee : name === 'payments' ? cast.payments : `U0${id}`
  return { name, zone, locale, channel: `C0${id}`, contact, group: `S0${id}TEAM` }
}

export function planSlack(departments: readonly Department[]): WorldPlan['slack'] {
  const teams = departments.map((department) => ({ ...teamOf(department), person: department.contact }))
  const contacts = teams
    .filter(({ contact }) => !OWN.some(({ id }) => id === contact))
    .map(({ contact, name, person: realName, locale, zone }) =>
      person(contact, `${name}-contact`, realName, locale === 'zh' ? 'zh-CN' : 'en-US', zone),
    )
  const users = [...OWN, ...contacts]
  const everybody = users.map(({ id }) => id)
  const channels: NewChannel[] = [
    { id: slackIds.prod, name: 'mesh-prod', members: everybody },
    { id: slackIds.ops, name: 'ops', members: [cast.lee, cast.mei, cast.sam] },
    ...teams.map(({ channel, name, contact }) => {
      return { id: channel, name: `team-${name}`, members: [...new Set([contact, cast.lee])] }
    }),
  ]
  const approvers = [cast.lee, cast.mei, cast.sam]
  const groups: NewGroup[] = [
    { id: slackIds.platform, handle: 'platform', name: 'Platform', members: approvers },
    { id: slackIds.onCall, handle: 'mesh-oncall', name: 'Mesh on call', members: [cast.sam, cast.mei] },
    ...teams.map(({ group, name, contact }) => {
      return { id: group, handle: `${name}-team`, name: `Team ${name}`, members: [contact] }
    }),
  ]
  return { users, channels, groups }
}

function person(id: string, name: string, realName: string, locale: string, tz: string): NewUser {
  return { id, name, realName, locale, tz, email: `${name}@example.com` }
}

/** Slack's ids are capital letters and digits. */
function idOf(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}
