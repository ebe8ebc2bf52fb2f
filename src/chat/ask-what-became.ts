import type { Asker, Desk } from './asker.ts'
import { replyOf } from './asker.ts'
import { speakingIn } from './ask-for-again.ts'
import { sendRequest } from './requests.ts'

/**
 * For a clicked message that is not remembered: asks the workers that speak in its channel what became of it. Whichever knows that its
 * upgrade is over says so to who clicked; the others say nothing, so nobody is waited for. Whoever may not decide is told that instead.
 */
export async function askWhatBecame(desk: Desk, asker: Asker, message: string): Promise<void> {
  const { chat } = desk
  const person = await chat.people.personOf(asker.user)
  if (!person.ok) return desk.refuse(asker, person.refusal)
  const locale = await chat.names.localeOf(asker.user, chat.settings.locale)
  const reply = replyOf(chat, asker, locale, WHAT_BECAME)
  const clusters = speakingIn(chat.settings, asker.channel)
  const ask = { kind: 'what-became', message, alone: clusters.length === 1 } as const
  const about = { ask, who: person.value, channel: asker.channel, reply }
  await Promise.all(clusters.map((cluster) => sendRequest(chat, { cluster, ...about })))
}

const WHAT_BECAME = 'what-became'
