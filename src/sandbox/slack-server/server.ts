import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { click, select } from './clicks.ts'
import type { ClickArgs, SelectArgs } from './clicks.ts'
import { openHome, sendEvent } from './events.ts'
import { closeModal, submit } from './forms.ts'
import type { SubmitArgs } from './forms.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { visibleMessages } from './messages.ts'
import type { SlackCall, SlackMessage, SlackServerOptions, SlackView } from './model.ts'
import type { Delivered, Tampering } from './parcels.ts'
import { again, command } from './people.ts'
import type { CommandArgs, Seen, Stage } from './people.ts'
import { createRateGate } from './rate-limits.ts'
import type { RateGate, RateLimits } from './rate-limits.ts'
import { renderVersion } from './render.ts'
import { createResponseUrls } from './response-urls.ts'
import { createSocketLink } from './socket-link.ts'
import { createTimers } from './timers.ts'
import { transcriptOf } from './transcript.ts'
import { createTriggers } from './triggers.ts'
import { createTroubles } from './trouble.ts'
import { troubleTools } from './trouble-tools.ts'
import type { TroubleTools } from './trouble-tools.ts'
import { stackOf } from './views.ts'
import { createWaiter } from './waiting.ts'
import { handleRequest } from './web-api.ts'
import type { WebParts } from './web-api.ts'
import { workspaceOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'
import { workspaceTools } from './workspace-tools.ts'
import type { WorkspaceTools } from './workspace-tools.ts'
import { createWorld, current, findMessage } from './world.ts'
import type { World } from './world.ts'

/** A running local Slack. Acts of people throw when the person could not do them (no such button, no such view). */
export type SlackServer = WorkspaceTools & {
  readonly port: number
  /** For SLACK_API_URL: `http://127.0.0.1:PORT/api/`. */
  readonly apiUrl: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string

  readonly command: (args: CommandArgs) => Promise<Seen>
  readonly click: (args: ClickArgs) => Promise<Seen>
  /** Two presses of the same button at the same moment: two payloads. */
  readonly doubleClick: (args: ClickArgs) => Promise<[Seen, Seen]>
  readonly select: (args: SelectArgs) => Promise<Seen>
  readonly submit: (args: SubmitArgs) => Promise<Seen>
  readonly closeModal: (args: { readonly user: string; readonly viewId?: string }) => Promise<Seen>
  readonly openHome: (user: string) => Promise<Seen>
  readonly event: (event: Json) => Promise<Seen>
  /** Delivers the payload of an earlier act once more; over HTTP also with a spoilt signature or time. */
  readonly again: (seen: Seen, how?: Tampering) => Promise<Delivered>

  /** What is seen in a channel now, oldest first, threads included. */
  readonly messages: (channel: string) => SlackMessage[]
  /** One message with all its versions, deleted or not. */
  readonly message: (channel: string, ts: string) => SlackMessage | undefined
  readonly ephemerals: (user: string) => SlackMessage[]
  readonly dms: (user: string) => SlackMessage[]
  /** The modals that a person has open, lowest first. */
  readonly views: (user: string) => SlackView[]
  readonly home: (user: string) => SlackView | undefined
  /** The people, groups and channels as they are now. */
  readonly workspace: () => Workspace
  /** Every call of the Web API and of response URLs so far; only of one method when it is given. */
  readonly calls: (method?: string) => SlackCall[]
  /** The calls from this one on (counted from 0), so that each look reads only what is new. */
  readonly callsFrom: (index: number) => SlackCall[]
  /** A message as it reads now: blocks line by line, buttons as `[Label]`. */
  readonly text: (message: SlackMessage) => string
  readonly transcript: () => string
  readonly waitFor: Stage['waitFor']
  /** Socket Mode connections that take payloads. */
  readonly connections: () => number
  /** From now on payloads go to this URL as signed requests; undefined means Socket Mode. */
  readonly deliverTo: (requestUrl: string | undefined) => void
  readonly setRateLimits: (wanted: 'off' | Partial<RateLimits>) => void

  readonly trouble: TroubleTools
  readonly close: () => Promise<void>
}

/**
 * Starts a local Slack on 127.0.0.1: Web API, Socket Mode and response URLs on one port. It speaks the real wire and
 * keeps Slack's limits (limits.ts), so what it takes Slack should take; what it refuses it refuses in Slack's words.
 * Everything is in memory and gone after `close`.
 */
export async function startSlackServer(options: SlackServerOptions = {}): Promise<SlackServer> {
  const world = createWorld(options)
  const { stage, web, state } = createParts(world, options)
  const http = createServer((request, response) => {
    handleRequest(web, request, response).catch(() => response.destroy())
  })
  http.on('upgrade', (request, socket, head) => {
    if (web.troubles.away === false) stage.link.upgrade(request, socket, head)
    else socket.destroy()
  })
  await listen(http, options.port ?? 0)
  state.port = (http.address() as AddressInfo).port
  return {
    port: state.port,
    apiUrl: `http://127.0.0.1:${state.port}/api/`,
    botToken: world.botToken,
    appToken: world.appToken,
    signingSecret: world.signingSecret,
    ...workspaceTools(world),
    ...acts(stage),
    ...views(world),
    waitFor: stage.waitFor,
    connections: () => stage.link.count(),
    deliverTo: (url) => void (state.requestUrl = url),
    setRateLimits: (wanted) => web.rates.set(wanted),
    trouble: troubleTools(stage),
    close: async () => {
      state.close()
      await stage.link.close()
      stage.timers.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

type State = { port: number; requestUrl: string | undefined; readonly close: () => void }

function createParts(world: World, options: SlackServerOptions): { stage: Stage; web: WebParts; state: State } {
  const timers = createTimers()
  const waiter = createWaiter(world, timers)
  const state: State = { port: 0, requestUrl: options.requestUrl, close: waiter.close }
  const link = createSocketLink(world, timers)
  const triggers = createTriggers(world)
  const troubles = createTroubles()
  const rates: RateGate = createRateGate(options.rateLimits)
  const responseUrls = createResponseUrls(world, () => `http://127.0.0.1:${state.port}`)
  const stage: Stage = {
    world,
    link,
    triggers,
    responseUrls,
    troubles,
    timers,
    requestUrl: () => state.requestUrl,
    ackMs: options.ackMs ?? limits.ackMs,
    eventRetries: options.eventRetries ?? [0, 60_000, 300_000],
    waitFor: waiter.waitFor,
  }
  const socketUrl = () => `ws://127.0.0.1:${state.port}/link/?ticket=${link.ticket()}&app_id=${world.bot.appId}`
  return {
    stage,
    web: { world, context: { world, triggers, socketUrl }, troubles, rates, responseUrls, timers },
    state,
  }
}

function acts(
  stage: Stage,
): Pick<
  SlackServer,
  'command' | 'click' | 'doubleClick' | 'select' | 'submit' | 'closeModal' | 'openHome' | 'event' | 'again'
> {
  return {
    command: (args) => command(stage, args),
    click: (args) => click(stage, args),
    doubleClick: (args) => Promise.all([click(stage, args), click(stage, args)]),
    select: (args) => select(stage, args),
    submit: (args) => submit(stage, args),
    closeModal: (args) => closeModal(stage, args),
    openHome: (user) => openHome(stage, user),
    event: (event) => sendEvent(stage, event),
    again: (seen, how) => again(stage, seen, how),
  }
}

function views(
  world: World,
): Pick<
  SlackServer,
  | 'messages'
  | 'message'
  | 'ephemerals'
  | 'dms'
  | 'views'
  | 'home'
  | 'workspace'
  | 'calls'
  | 'callsFrom'
  | 'text'
  | 'transcript'
> {
  return {
    messages: (channel) => visibleMessages(world, channel),
    message: (channel, ts) => findMessage(world, channel, ts),
    ephemerals: (user) => world.messages.filter((m) => m.onlyFor === user && !m.deleted),
    dms: (user) => visibleMessages(world, `D${user.slice(1)}`),
    views: (user) => stackOf(world, user),
    home: (user) => world.homes.get(user),
    workspace: () => workspaceOf(world),
    calls: (method) => world.calls.filter((call) => method === undefined || call.method === method),
    callsFrom: (index) => world.calls.slice(index),
    text: (message) => renderVersion(current(message)),
    transcript: () => transcriptOf(world),
  }
}

function listen(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, '127.0.0.1', () => resolve())
  })
}
