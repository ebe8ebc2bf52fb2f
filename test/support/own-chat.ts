import type { Chat } from '../../src/chat/chat.ts'
import { names } from '../../src/chat/names.ts'
import { ownIdentity } from '../../src/chat/own-identity.ts'
import { DEFAULT_TIMES } from '../../src/chat/settings.ts'
import { slackClient } from '../../src/chat/slack-clients.ts'
import { slackHealth } from '../../src/chat/slack-health.ts'
import { people } from '../../src/chat/who.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { newLog } from '../../src/kernel/log.ts'
import { languages } from '../../src/chat/language.ts'
import { lateAnswers } from '../../src/chat/late-answers.ts'
import { newKeyPair } from '../../src/kernel/signatures.ts'
import type { SlackServer } from '../../src/sandbox/slack-server/server.ts'
import { CHANNEL, FALLBACK } from './chat-stage.ts'
import { plainBotMemory, type PlainMemory } from './plain-bot-memory.ts'

export type OwnChat = { readonly chat: Chat; readonly memory: PlainMemory; readonly log: string[] }

/** One bot's chat on a local Slack without Bolt around it, whose machine clock a test may move; bots may share a memory. */
export async function ownChat(slack: SlackServer, machine: Clock, memory = plainBotMemory()): Promise<OwnChat> {
  const log: string[] = []
  const parts = { clocks: { calendar: machine, machine }, log: newLog('debug', 'test', (line) => void log.push(line)) }
  const reading = slackClient(slack.botToken, slack.apiUrl, parts.log)
  const own = await ownIdentity(reading, slack.apiUrl, [], parts.log)
  const chosen = languages(memory)
  const chat: Chat = {
    ...parts,
    settings: {
      botToken: slack.botToken,
      delivery: { kind: 'socket', appToken: slack.appToken },
      apiUrl: slack.apiUrl,
      command: '/istio',
      locale: 'en',
      clusters: [{ name: 'prod-a', channel: CHANNEL, fallbackChannel: FALLBACK }],
      groups: [],
      teams: [],
      signingKey: newKeyPair().privateKey,
    },
    memory,
    queue: { send: () => Promise.resolve() },
    reader: {
      status: () => Promise.resolve(null),
      pulse: () => Promise.resolve(null),
      stragglers: () => Promise.resolve(null),
      report: () => Promise.resolve(null),
    },
    own,
    reading,
    people: people(reading, own, [], machine),
    names: names(reading, machine, '/istio', chosen),
    languages: chosen,
    times: DEFAULT_TIMES,
    health: slackHealth(machine, parts.log),
    late: lateAnswers(machine.now, { firstMs: 20, maxMs: 200, untilMs: 60_000 }),
  }
  return { chat, memory, log }
}
