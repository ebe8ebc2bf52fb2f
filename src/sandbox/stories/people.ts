import { sleep } from '../../kernel/retry.ts'
import { objectOf, objectsOf, textOf, type Json } from '../slack-server/json.ts'
import type { SlackMessage } from '../slack-server/model.ts'
import type { Seen } from '../slack-server/people.ts'
import type { SlackServer } from '../slack-server/server.ts'
import { must } from './story.ts'

/** Who acts in the stories: Lee asks, Mei and Sam approve, Lin is of the payments team and reads Chinese, Olga is nobody's. */
export const CAST = [
  { id: 'U0LEE', name: 'lee', realName: 'Lee', role: 'asks for the upgrade' },
  { id: 'U0MEI', name: 'mei', realName: 'Mei', role: 'approves' },
  { id: 'U0SAM', name: 'sam', realName: 'Sam', role: 'approves, is on call' },
  {
    id: 'U0LIN',
    name: 'lin',
    realName: '林晓',
    locale: 'zh-CN',
    tz: 'Asia/Shanghai',
    role: 'app team payments, reads Chinese',
  },
  { id: 'U0OLGA', name: 'olga', realName: 'Olga', role: 'an outsider' },
] as const

type PersonId = (typeof CAST)[number]['id']

/** What people do and read in one channel, as the client shows it: by words and labels of buttons. */
export type People = {
  /** `/istio …`; what the person is told in the end. */
  readonly ask: (user: PersonId, text: string) => Promise<string>
  /** The newest message whose first line has these words and that has a button with this label; waits for it. */
  readonly card: (title: string, button: string) => Promise<SlackMessage>
  /** Presses a button of a message, waiting until it is there; what the person is told in the end. */
  readonly press: (user: PersonId, message: SlackMessage, button: string) => Promise<string>
  /** Presses a button that asks for a text in a form, and sends that. */
  readonly pressAndType: (user: PersonId, message: SlackMessage, button: string, text: string) => Promise<string>
  /** Waits for a message of a channel (default: the cluster's) that says all of this. */
  readonly reads: (words: readonly string[], channel?: string) => Promise<SlackMessage>
  /** Texts of all messages of a channel as they are now. */
  readonly texts: (channel?: string) => readonly string[]
}

const PATIENCE_MS = 40_000
/** That it was sent, or that somebody is still at it, is no last word. */
const NOT_FINAL = /Sent to the worker|已发送给|is still checking|仍在检查|Working on it|正在处理/
/** A worker that has just begun to lead has counted nobody yet. */
const ASK_AGAIN = 'CENSUS_STALE'

type Stage = {
  readonly slack: SlackServer
  readonly channel: string
  /** Called before each act with what the person does; see `StoryStage`. */
  readonly cue?: (says: string) => Promise<void>
}

export function newPeople({ slack, channel, cue = async () => undefined }: Stage): People {
  const texts = (where = channel): readonly string[] => slack.messages(where).map((message) => slack.text(message))
  const told = (what: string, find: () => SlackMessage | undefined): Promise<SlackMessage> => waitFor(slack, what, find)
  const lastWord = async (seen: Seen): Promise<string> => {
    const isLast = (message: SlackMessage): boolean => !NOT_FINAL.test(slack.text(message))
    return slack.text(await told('an answer to the act comes', () => seen.answers().findLast(isLast)))
  }
  const click = async (user: PersonId, { channel: where, ts }: SlackMessage, label: string): Promise<Seen> => {
    const shown = (): Json | undefined => buttonOf(slack.message(where, ts), label)
    await told(`the message has the button ${label}`, () => (shown() ? slack.message(where, ts) : undefined))
    return slack.click({ user, channel: where, ts, actionId: textOf(shown()?.['action_id']) })
  }
  const pressing = (user: PersonId, message: SlackMessage, button: string): Promise<void> =>
    cue(`${nameOf(user)} presses “${button}” under “${firstLine(slack.text(message)).replace(/^#+ /, '')}”.`)
  return {
    texts,
    ask: async (user, text) => {
      await cue(`${nameOf(user)} sends /istio ${text}`)
      return lastWord(await slack.command({ user, channel, text }))
    },
    card: (title, button) =>
      told(`a card “${title}” with the button ${button} comes`, () =>
        slack.messages(channel).findLast((one) => firstLine(slack.text(one)).includes(title) && buttonOf(one, button)),
      ),
    press: async (user, message, button) => {
      await pressing(user, message, button)
      return untilCounted(async () => lastWord(await click(user, message, button)))
    },
    pressAndType: async (user, message, button, text) => {
      await pressing(user, message, button)
      return untilCounted(async () => {
        const seen = await click(user, message, button)
        await slack.waitFor(() => slack.views(user).length > 0, 10_000)
        const input = objectsOf(slack.views(user).at(-1)?.view['blocks']).find((block) => block['type'] === 'input')
        must(input !== undefined, 'the form has a field')
        await cue(`${nameOf(user)} types ${text}.`)
        await slack.submit({ user, values: { [textOf(input?.['block_id'])]: text } })
        return lastWord(seen)
      })
    },
    reads: (words, where = channel) =>
      told(`a message with “${words.join('”, “')}” comes`, () =>
        slack.messages(where).findLast((one) => words.every((word) => slack.text(one).includes(word))),
      ),
  }
}

async function waitFor(slack: SlackServer, what: string, find: () => SlackMessage | undefined): Promise<SlackMessage> {
  try {
    return await slack.waitFor(find, PATIENCE_MS)
  } catch {
    throw new Error(`not as told: ${what} within ${PATIENCE_MS / 1000} s`)
  }
}

async function untilCounted(act: () => Promise<string>): Promise<string> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await act()
    if (!answer.includes(ASK_AGAIN) || Date.now() > end) return answer
    await sleep(500)
  }
}

function nameOf(user: PersonId): string {
  return CAST.find(({ id }) => id === user)?.realName ?? user
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}

function buttonOf(message: SlackMessage | undefined, label: string): Json | undefined {
  if (!message || message.deleted) return undefined
  return objectsOf(message.versions.at(-1)?.blocks)
    .flatMap((block) => [...objectsOf(block['elements']), objectOf(block['accessory'])])
    .find((element) => element['type'] === 'button' && textOf(objectOf(element['text'])['text']) === label)
}
