import type { WebClient } from '@slack/web-api'
import type { Clocks } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { BotMemory, ReadModelReader } from '../ports/read-model.ts'
import type { RequestQueue } from '../ports/work-queue.ts'
import type { ChatSettings, ChatTimes } from './settings.ts'
import type { Languages } from './language.ts'
import type { LateAnswers } from './late-answers.ts'
import type { OwnIdentity } from './own-identity.ts'
import type { Names } from './names.ts'
import type { SlackHealth } from './slack-health.ts'
import type { People } from './who.ts'

/** What the chat is built from; everything that has state is handed in. */
export type ChatParts = {
  readonly settings: ChatSettings
  readonly memory: BotMemory
  readonly queue: RequestQueue
  readonly reader: ReadModelReader
  readonly clocks: Clocks
  readonly log: Log
}

/** The chat as its handlers see it. `reading` is for clicks; posting has a client of its own (facts: 429 pauses a client). */
export type Chat = ChatParts & {
  readonly own: OwnIdentity
  readonly reading: WebClient
  readonly people: People
  readonly names: Names
  readonly languages: Languages
  readonly times: ChatTimes
  readonly health: SlackHealth
  readonly late: LateAnswers
}
