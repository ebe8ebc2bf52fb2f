import bolt, { type App } from '@slack/bolt'
import type { AddressInfo } from 'node:net'
import { CodedError, messageOf } from '../kernel/errors.ts'
import type { SlackState } from '../ports/read-model.ts'
import type { Notice } from '../wire/notice.ts'
import { desk } from './asker.ts'
import type { Chat, ChatParts } from './chat.ts'
import { drain } from './drain.ts'
import { register } from './handlers.ts'
import { keepConnected } from './keep-connected.ts'
import { homes, type Homes } from './home.ts'
import { languages } from './language.ts'
import { lateAnswers } from './late-answers.ts'
import { names } from './names.ts'
import { handleNotice } from './notices.ts'
import { outbox, type Outbox } from './outbox.ts'
import { ownIdentity } from './own-identity.ts'
import { tellQuietWorkers } from './quiet-workers.ts'
import { receiving, type Receiving } from './receiver.ts'
import { sendRequest } from './requests.ts'
import { DEFAULT_TIMES, namedGroups } from './settings.ts'
import { boltLogger, clientOptions, slackClient } from './slack-clients.ts'
import { startError, troubleOf } from './slack-errors.ts'
import { slackHealth } from './slack-health.ts'
import { verdicts } from './verdicts.ts'
import { people } from './who.ts'

/** Slack is asked when it has said nothing for so long. */
const ASK_MS = 60_000

/** `behind` is null while the memory is away; the rest is this process'. */
export type ChatHealth = { readonly slack: SlackState; readonly behind: number | null; readonly givenUp: number }

export type RunningChat = {
  /** The handler of the notices queues: returns once the notice is safe, throws when it must be tried again. */
  readonly handleNotice: (notice: Notice) => Promise<void>
  /** The port of HTTP mode; null in Socket Mode. */
  readonly port: number | null
  readonly health: () => Promise<ChatHealth>
  /** Takes no more payloads, lets handlers and deliveries end, then returns. */
  readonly stop: () => Promise<void>
}

/**
 * The bot's Slack side. Throws SLACK_TOKEN_INVALID, SLACK_SCOPE_MISSING, SLACK_UNREACHABLE or SLACK_PORT_IN_USE, each
 * before anything was taken from Slack.
 */
export async function startChat(parts: ChatParts): Promise<RunningChat> {
  const chat = await chatOf(parts)
  const told = verdicts(chat)
  const out = outbox(chat)
  const jobs = drain(chat.log)
  const inbound = receiving(parts)
  const home = homes(chat)
  register(boltApp(chat, inbound), desk(chat, told, home), out, jobs)
  const port = await begin(chat, inbound)
  const link = inbound.kind === 'socket' ? keepConnected(inbound.receiver.client, chat.log) : null
  const chores = setInterval(() => void doChores(chat, home), chat.times.workerQuiet / 4)
  chat.health.onReturn(() => void wantAgain(chat))
  out.start()
  void doChores(chat, home)
  return {
    port,
    health: () => healthOf(chat),
    handleNotice: (notice) => handleNotice({ chat, outbox: out, verdicts: told, home }, notice),
    stop: async () => {
      clearInterval(chores)
      link?.stop()
      await inbound.receiver.stop()
      await ended(out, jobs.ended)
      told.stop()
    },
  }
}

async function chatOf(parts: ChatParts): Promise<Chat> {
  const { settings, log, clocks } = parts
  const reading = slackClient(settings.botToken, settings.apiUrl, log)
  const chosen = languages(parts.memory)
  const own = await ownIdentity(reading, settings.apiUrl, namedGroups(settings), log)
  return {
    ...parts,
    own,
    reading,
    people: people(reading, own, settings.groups, clocks.machine),
    names: names(reading, clocks.machine, settings.command, chosen),
    languages: chosen,
    times: { ...DEFAULT_TIMES, ...settings.times },
    health: slackHealth(clocks.machine, log),
    late: lateAnswers(clocks.machine.now),
  }
}

function boltApp(chat: Chat, inbound: Receiving): App {
  const { settings, log, own } = chat
  return new bolt.App({
    token: settings.botToken,
    botId: own.botId,
    botUserId: own.botUser,
    tokenVerificationEnabled: false,
    convoStore: false,
    receiver: inbound.receiver,
    clientOptions: clientOptions(settings.apiUrl, log),
    logger: boltLogger(log),
  })
}

async function begin(chat: Chat, inbound: Receiving): Promise<number | null> {
  if (inbound.kind === 'socket') {
    await inbound.receiver.start().catch((error: unknown) => {
      throw startError(error, 'apps.connections.open', 'SLACK_APP_TOKEN', chat.settings.apiUrl)
    })
    return null
  }
  const server = await inbound.receiver.start(inbound.port).catch((error: unknown) => {
    const message = messageOf(error)
    throw new CodedError('SLACK_PORT_IN_USE', { port: inbound.port, message }, { cause: error })
  })
  return (server.address() as AddressInfo).port
}

/** Says when workers are silent, and asks for every open message again after Redis lost the bot's memory. */
async function doChores(chat: Chat, home: Homes): Promise<void> {
  const chores = [() => askForRepeats(chat), () => askSlack(chat), () => tellQuietWorkers(chat), () => home.refresh()]
  for (const chore of chores) {
    await chore().catch((error: unknown) => chat.log.warn('a chore of the bot failed', { message: messageOf(error) }))
  }
}

async function askForRepeats(chat: Chat): Promise<void> {
  for (const { name } of chat.settings.clusters) {
    if (await chat.memory.renewEpoch(name)) await sendRequest(chat, { cluster: name, ask: { kind: 'repeat' } })
  }
}

/** So that a token which is taken no more is known, and known again, also while nothing is to be said. */
async function askSlack({ health, reading, clocks }: Chat): Promise<void> {
  if (health.state().kind === 'ok' && clocks.machine.now() - health.heardAt() < ASK_MS) return
  await reading.auth.test().then(health.answered, (error: unknown) => health.failed(troubleOf(error)))
}

/** What was given up in a long outage is told in its present state: the workers know it. */
async function wantAgain(chat: Chat): Promise<void> {
  if (chat.health.givenUp() === 0) return
  for (const { name } of chat.settings.clusters) {
    await sendRequest(chat, { cluster: name, ask: { kind: 'repeat' } }).catch((error: unknown) =>
      chat.log.warn('a worker could not be asked to tell everything again', { message: messageOf(error) }),
    )
  }
}

async function healthOf({ health, memory }: Chat): Promise<ChatHealth> {
  const behind = await memory.behind().catch(() => null)
  return { slack: health.state(), behind: behind?.length ?? null, givenUp: health.givenUp() }
}

async function ended(out: Outbox, handlers: () => Promise<void>): Promise<void> {
  await handlers()
  await out.stop()
}
