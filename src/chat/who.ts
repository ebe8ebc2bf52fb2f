import type { WebClient } from '@slack/web-api'
import type { Clock } from '../kernel/clock.ts'
import { CodedError, ok, refuse, type Result } from '../kernel/errors.ts'
import type { Person } from '../wire/person.ts'
import type { OwnIdentity } from './own-identity.ts'
import { membership, type Groups } from './groups.ts'
import { troubleOf } from './slack-errors.ts'

/** Who clicks, read from Slack at the click. */
export type People = {
  /**
   * The person with their present memberships in these groups, by default in those that decisions rest on. Refused for guests, bots, outsiders and the
   * deleted, and whenever Slack doesn't say (PERSON_…, GROUPS_UNREADABLE): unknown is not safe.
   */
  readonly personOf: (user: string, groups?: readonly string[]) => Promise<Result<Person>>
  /**
   * May this account decide at all, as Slack said it within the last ten minutes: for who is told, never a ground for a right. Throws
   * PERSON_UNREADABLE where Slack doesn't say now.
   */
  readonly mayDecide: (user: string) => Promise<boolean>
  /** Everybody in a group. Throws Slack's error. */
  readonly membersOf: (group: string) => Promise<readonly string[]>
  readonly forgetGroup: (group: string) => void
}

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>

export function people(client: WebClient, own: OwnIdentity, groups: readonly string[], machine: Clock): People {
  const members: Groups = membership(client, machine)
  return {
    mayDecide: eligibility((user) => accountOf(client, own, user), machine),
    membersOf: members.membersOf,
    forgetGroup: members.forget,
    personOf: async (user, asked = groups) => {
      const [account, belongs] = await Promise.all([accountOf(client, own, user), members.of(user, asked)])
      if (!account.ok) return account
      if (!belongs.ok) return belongs
      const { team_id: team, real_name: realName, name } = account.value
      return ok({
        user,
        team: team ?? own.team,
        groups: [...belongs.value],
        name: (realName ?? name ?? user).slice(0, 200),
      })
    },
  }
}

const ELIGIBLE_MS = 600_000

function eligibility(read: (user: string) => Promise<Result<SlackUser>>, machine: Clock): People['mayDecide'] {
  const known = new Map<string, { readonly at: number; readonly may: boolean }>()
  return async (user) => {
    const kept = known.get(user)
    if (kept && machine.now() - kept.at < ELIGIBLE_MS) return kept.may
    const account = await read(user)
    const { code, facts } = account.ok ? { code: '', facts: {} } : account.refusal
    // Somebody whom Slack doesn't know can't click either.
    if (code === 'PERSON_UNREADABLE' && facts['error'] !== 'user_not_found') throw new CodedError(code, facts)
    known.set(user, { at: machine.now(), may: account.ok })
    return account.ok
  }
}

async function accountOf(client: WebClient, own: OwnIdentity, user: string): Promise<Result<SlackUser>> {
  try {
    const { user: account } = await client.users.info({ user })
    if (!account) return refuse('PERSON_UNREADABLE', { user })
    return guarded(account, own)
  } catch (error) {
    const trouble = troubleOf(error)
    return refuse('PERSON_UNREADABLE', { user, error: trouble.kind === 'limited' ? 'ratelimited' : trouble.error })
  }
}

/**
 * Full, active members of our workspace (or Grid organisation) only. `is_stranger` is false for an outsider who shares a
 * channel, so the team is the test that counts.
 */
function guarded(account: SlackUser, own: OwnIdentity): Result<SlackUser> {
  if (!isOurs(account, own)) return refuse('PERSON_OTHER_WORKSPACE', { team: account.team_id ?? '' })
  if (account.deleted || account.is_invited_user) return refuse('PERSON_NOT_ACTIVE')
  if (account.is_bot || account.is_workflow_bot) return refuse('PERSON_IS_BOT')
  if (account.is_restricted || account.is_ultra_restricted) return refuse('PERSON_GUEST')
  return ok(account)
}

function isOurs(account: SlackUser, own: OwnIdentity): boolean {
  if (account.is_stranger) return false
  const organisation = own.enterprise !== null && account.enterprise_user?.enterprise_id === own.enterprise
  return account.team_id === own.team || organisation
}
