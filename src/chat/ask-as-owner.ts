import type { Refusal, Result } from '../kernel/errors.ts'
import type { Person } from '../wire/person.ts'
import type { Ask } from '../wire/request.ts'
import type { Desk } from './asker.ts'
import type { Kept, RestartDraft } from './restart-draft.ts'
import { sendRequest } from './requests.ts'

type Owned = Pick<Kept, 'reply'> & { readonly draft: Pick<RestartDraft, 'team' | 'cluster' | 'channel'> }

/**
 * Reads who it is, with their memberships in the team's own groups as they are at this moment, signs and sends, and follows the
 * verdict. Why it could not be sent, or null.
 */
export async function askAsOwner(desk: Desk, { reply, draft }: Owned, id: string, ask: Ask): Promise<Refusal | null> {
  const { chat, verdicts } = desk
  const person = await memberNow(desk, draft.team, reply.user)
  if (!person.ok) return person.refusal
  const { cluster, channel } = draft
  const kept = { ...reply, sentAt: chat.clocks.machine.now() }
  const sent = await sendRequest(chat, { cluster, ask, who: person.value, channel, reply: kept, id })
  if (!sent.ok) return sent.refusal
  verdicts.follow(sent.value, cluster, kept)
  return null
}

/** A membership of a minute ago is none of now: whoever left the team may not restart its workloads. */
function memberNow({ chat }: Desk, team: string, user: string): Promise<Result<Person>> {
  const { members = [] } = chat.settings.teams.find(({ name }) => name === team) ?? {}
  const groups = members.filter((id) => id.startsWith('S'))
  for (const group of groups) chat.people.forgetGroup(group)
  return chat.people.personOf(user, groups)
}
