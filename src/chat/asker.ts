import type { Facts, Refusal } from '../kernel/errors.ts'
import type { Reply } from '../ports/read-model.ts'
import type { Locale } from '../wire/names.ts'
import type { Person } from '../wire/person.ts'
import type { Ask } from '../wire/request.ts'
import { askAgainOf, type AskAgain } from './ask-for-again.ts'
import type { Chat } from './chat.ts'
import type { Homes } from './home.ts'
import { answer } from './replies.ts'
import { sendRequest } from './requests.ts'
import type { Verdicts } from './verdicts.ts'
import { answerCard } from './views/answers.ts'
import type { Card } from './views/blocks.ts'
import type { Look } from './views/look.ts'

/** Somebody who typed or clicked, and where they are answered; no URL where Slack gave none, and no channel where there is none. */
export type Asker = {
  readonly user: string
  readonly channel: string
  readonly responseUrl: string
}

/** What the handlers share to answer and to ask the worker. */
export type Desk = {
  readonly chat: Chat
  readonly verdicts: Verdicts
  readonly home: Homes
  readonly say: (asker: Asker, card: Card, replace?: boolean) => Promise<void>
  readonly refuse: (asker: Asker, refusal: Refusal) => Promise<void>
  readonly askAgain: AskAgain
  readonly lookOf: (asker: Asker, facts?: unknown) => Promise<Look>
  /** Reads who it is, signs and sends, and follows the verdict; every way it can fail is answered. */
  readonly ask: (asker: Asker, cluster: string, ask: Ask, id?: string) => Promise<void>
}

export function desk(chat: Chat, verdicts: Verdicts, home: Homes): Desk {
  const lookOf = async (asker: Asker, facts?: unknown): Promise<Look> =>
    chat.names.lookFor(await chat.names.localeOf(asker.user, chat.settings.locale), facts)
  const say = (asker: Asker, card: Card, replace = false): Promise<void> =>
    answer(chat, { url: asker.responseUrl, user: asker.user }, card, replace)
  const refuse = async (asker: Asker, refusal: Refusal): Promise<void> =>
    say(asker, answerCard(refusal, 'not', await lookOf(asker, refusal.facts)))
  const ask = async (asker: Asker, cluster: string, what: Ask, id?: string): Promise<void> => {
    const sentAt = chat.clocks.machine.now()
    const person = await chat.people.personOf(asker.user)
    if (!person.ok) return refuse(asker, person.refusal)
    const locale = await chat.names.localeOf(asker.user, chat.settings.locale)
    const reply = { ...replyOf(chat, asker, locale, what.kind), sentAt }
    const sent = await sendRequest(chat, {
      ...asking(asker, cluster, what, person.value),
      reply,
      ...(id ? { id } : {}),
    })
    if (!sent.ok) return refuse(asker, sent.refusal)
    verdicts.follow(sent.value, cluster, reply)
  }
  return { chat, verdicts, home, say, refuse, askAgain: askAgainOf(chat), lookOf, ask }
}

export function refusal(code: string, facts: Facts = {}): Refusal {
  return { code, facts }
}

export function replyOf(chat: Chat, asker: Asker, locale: Locale, what: string): Reply {
  return { url: asker.responseUrl, user: asker.user, locale, sentAt: chat.clocks.machine.now(), what }
}

function asking(asker: Asker, cluster: string, ask: Ask, who: Person) {
  return { cluster, ask, who, channel: asker.channel }
}
