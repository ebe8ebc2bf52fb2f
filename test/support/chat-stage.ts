import { systemClock } from '../../src/kernel/clock.ts'
import { newLog } from '../../src/kernel/log.ts'
import { newKeyPair, verifyText } from '../../src/kernel/signatures.ts'
import type { BotMemory } from '../../src/ports/read-model.ts'
import type { Stragglers } from '../../src/wire/census.ts'
import type { ClusterStatus, UpgradeReport, WorkerPulse } from '../../src/wire/read-model.ts'
import { requestBody, type RequestBody, type SignedRequest } from '../../src/wire/request.ts'
import type { MessageNotice, Notice, VerdictNotice } from '../../src/wire/notice.ts'
import type { CardFacts } from '../../src/wire/card-facts.ts'
import type { ChatSettings } from '../../src/chat/settings.ts'
import { startChat, type RunningChat } from '../../src/chat/start-chat.ts'
import { startSlackServer, type SlackServer } from '../../src/sandbox/slack-server/server.ts'
import { plainBotMemory, type PlainMemory } from './plain-bot-memory.ts'

/** A real Bolt app on a local Slack, with the worker's side as plain lists. */
export type Stage = {
  readonly slack: SlackServer
  readonly memory: PlainMemory
  readonly chat: RunningChat
  readonly sent: { cluster: string; request: SignedRequest }[]
  readonly statuses: Map<string, ClusterStatus>
  readonly pulses: Map<string, WorkerPulse>
  readonly lists: Map<string, Stragglers>
  readonly reports: Map<string, UpgradeReport>
  readonly log: string[]
  /** The newest request of a kind, verified with the bot's public key; waits until it is there. */
  readonly request: (kind: string, count?: number) => Promise<RequestBody>
  readonly requests: (kind: string) => RequestBody[]
  queueLost: boolean
  readonly close: () => Promise<void>
}

export const CHANNEL = 'C0PLATFORM'
export const FALLBACK = 'C0OPS'
const AT = '2026-11-24T09:00:00.000Z'

export type StageOptions = {
  readonly settings?: Partial<ChatSettings>
  readonly http?: boolean
  readonly slack?: SlackServer
  /** The bot's memory in a real Redis instead of plain maps. */
  readonly memory?: BotMemory
}

export async function chatStage(options: StageOptions = {}): Promise<Stage> {
  const slack = options.slack ?? (await localSlack())
  const keys = newKeyPair()
  const memory = plainBotMemory()
  const sent: Stage['sent'] = []
  const log: string[] = []
  const statuses = new Map<string, ClusterStatus>()
  const pulses = new Map<string, WorkerPulse>()
  const lists = new Map<string, Stragglers>()
  const reports = new Map<string, UpgradeReport>()
  const state = { queueLost: false }
  const chat = await startChat({
    settings: {
      botToken: slack.botToken,
      delivery: options.http
        ? { kind: 'http', signingSecret: slack.signingSecret, port: 0 }
        : { kind: 'socket', appToken: slack.appToken },
      apiUrl: slack.apiUrl,
      command: '/istio',
      locale: 'en',
      clusters: [{ name: 'prod-a', channel: CHANNEL, fallbackChannel: FALLBACK }],
      teams: [],
      groups: ['S0MESH'],
      signingKey: keys.privateKey,
      times: { working: 60_000, sent: 60_000, silent: 60_000, editGap: 300, lostReply: 300, sweep: 200 },
      ...options.settings,
    },
    memory: options.memory ?? memory,
    queue: {
      send: (cluster, request) => {
        if (state.queueLost) return Promise.reject(new Error('connect ECONNREFUSED'))
        sent.push({ cluster, request })
        return Promise.resolve()
      },
    },
    reader: {
      status: (cluster) => Promise.resolve(statuses.get(cluster) ?? null),
      pulse: (cluster) => Promise.resolve(pulses.get(cluster) ?? null),
      stragglers: (cluster) => Promise.resolve(lists.get(cluster) ?? null),
      report: (cluster) => Promise.resolve(reports.get(cluster) ?? null),
    },
    clocks: { calendar: systemClock, machine: systemClock },
    log: newLog('debug', 'test', (line) => void log.push(line)),
  })
  if (chat.port !== null) slack.deliverTo(`http://127.0.0.1:${chat.port}/slack/events`)
  const requests = (kind: string): RequestBody[] =>
    sent.flatMap(({ request }) => {
      if (!verifyText(request.body, request.signature, keys.publicKey)) throw new Error('a bad signature')
      const body = requestBody.parse(JSON.parse(request.body))
      return body.ask.kind === kind ? [body] : []
    })
  return {
    slack,
    memory,
    chat,
    sent,
    statuses,
    pulses,
    lists,
    reports,
    log,
    requests,
    request: (kind, count = 1) => until(() => requests(kind)[count - 1], `request ${kind}`),
    set queueLost(lost: boolean) {
      state.queueLost = lost
    },
    get queueLost() {
      return state.queueLost
    },
    close: async () => {
      await chat.stop()
      if (!options.slack) await slack.close()
    },
  }
}

export function localSlack(): Promise<SlackServer> {
  return startSlackServer({
    rateLimits: 'off',
    groups: [{ id: 'S0MESH', handle: 'mesh-approvers', members: ['U0MEI', 'U0SAM'] }],
    channels: [
      { id: CHANNEL, name: 'platform' },
      { id: FALLBACK, name: 'ops' },
    ],
  })
}

/** Asks again and again until there is an answer, at most 15 s: a busy machine is slow. */
export async function until<T>(ask: () => T | undefined | null | false, what: string): Promise<T> {
  const end = Date.now() + 15_000
  for (;;) {
    const found = ask()
    if (found !== undefined && found !== null && found !== false) return found
    if (Date.now() > end) throw new Error(`waited 15 s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export function messageNotice(card: CardFacts, revision: number, more: Partial<MessageNotice> = {}): MessageNotice {
  const message = card.card === 'approval' ? card.id : `${'run' in card ? card.run : card.cluster}.${card.card}`
  return {
    v: 1,
    kind: 'message',
    id: `${message}.${revision}`,
    cluster: 'prod-a',
    at: new Date().toISOString(),
    message,
    revision,
    channel: CHANNEL,
    fallbackChannel: FALLBACK,
    mention: card.card === 'approval' ? ['S0MESH'] : [],
    card,
    ...more,
  }
}

export function verdictNotice(request: string, ok: boolean, code: string, more: VerdictNotice['more'] = []): Notice {
  const said = { code, facts: { phase: 'switch', have: 1, need: 2, listed: ['S0MESH'] } }
  return { v: 1, kind: 'verdict', id: `v-${request}`, cluster: 'prod-a', at: AT, request, ok, said, more }
}
