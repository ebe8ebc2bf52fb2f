import { isObject } from './json.ts'
import type { Json } from './json.ts'
import type { SlackChannel, SlackMessage, SlackUser } from './model.ts'
import type { Delivered, Parcel, Tampering } from './parcels.ts'
import { commandPayload } from './payloads.ts'
import { answer } from './response-urls.ts'
import type { ResponseUrl, ResponseUrls } from './response-urls.ts'
import { postSigned, signedRequest, tampered } from './signed-delivery.ts'
import type { SignedRequest } from './signed-delivery.ts'
import type { SocketLink } from './socket-link.ts'
import type { Timers } from './timers.ts'
import type { Triggers } from './triggers.ts'
import type { Troubles } from './trouble.ts'
import { validateMessage } from './validate-message.ts'
import { happened, userName } from './world.ts'
import type { World } from './world.ts'

/** What people's acts need: the world, the ways to the app, and what can be waited for. */
export type Stage = {
  readonly world: World
  readonly link: SocketLink
  readonly triggers: Triggers
  readonly responseUrls: ResponseUrls
  readonly troubles: Troubles
  readonly timers: Timers
  readonly requestUrl: () => string | undefined
  readonly ackMs: number
  readonly eventRetries: readonly number[]
  readonly waitFor: <T>(find: () => T | undefined | null | false, timeoutMs?: number) => Promise<T>
}

/** What a person saw of one act. */
export type Seen = Delivered & {
  /** False when nothing left the client: a confirm dialog was cancelled, or a form was not filled in. */
  readonly sent: boolean
  readonly payload: Json
  /** What a modal shows at its fields, by block id. */
  readonly errors?: Readonly<Record<string, string>>
  /** Slack's word for an ack that it could not show (a message or view beyond its limits). */
  readonly refused?: string
  readonly triggerId?: string
  readonly responseUrl?: ResponseUrl
  /** Messages that came to this person since the act: by ack, by response_url, or ephemeral. */
  readonly answers: () => SlackMessage[]
  /** The first of them, when it is there. Rejects after `timeoutMs` (default 4000). */
  readonly answer: (timeoutMs?: number) => Promise<SlackMessage>
  /** How it was sent in HTTP delivery; `again` can send it once more. */
  readonly request?: SignedRequest
  readonly parcel?: Parcel
}

export type Sending = {
  readonly parcel: Parcel
  readonly user: string
  readonly triggerId?: string
  readonly responseUrl?: ResponseUrl
}

/** Brings a payload to the app and waits for the ack as the person's client does. */
export async function perform(stage: Stage, sending: Sending): Promise<Seen> {
  const from = stage.world.messages.length
  const { parcel, responseUrl, user, triggerId } = sending
  const answers = () => answersOf(stage.world, user, from, responseUrl)
  const url = stage.requestUrl()
  const request = url === undefined ? undefined : signedRequest(stage.world, url, parcel)
  const delivered = await deliver(stage, parcel, request)
  if (delivered.error !== undefined)
    happened(stage.world, `Slack tells ${userName(stage.world, user)}: failed with the error ${delivered.error}`)
  return {
    ...delivered,
    sent: true,
    payload: parcel.payload,
    parcel,
    answers,
    answer: (timeoutMs) => stage.waitFor(() => answers()[0], timeoutMs),
    ...(triggerId === undefined ? {} : { triggerId }),
    ...(responseUrl === undefined ? {} : { responseUrl }),
    ...(request === undefined ? {} : { request }),
  }
}

function deliver(stage: Stage, parcel: Parcel, request: SignedRequest | undefined): Promise<Delivered> {
  if (stage.troubles.away !== false) return Promise.resolve({ acked: false, ms: 0, error: 'dispatch_failed' })
  return request === undefined ? stage.link.send(parcel, stage.ackMs) : postSigned(stage.world, request, stage.ackMs)
}

function answersOf(world: World, user: string, from: number, responseUrl: ResponseUrl | undefined): SlackMessage[] {
  const mine = world.messages.slice(from).filter((m) => m.onlyFor === user)
  const others = (responseUrl?.answers ?? []).filter((m) => !mine.includes(m))
  return [...mine, ...others]
}

/** A person's act that never left the client. */
export function notSent(payload: Json, errors?: Readonly<Record<string, string>>): Seen {
  const none = () => Promise.reject(new Error('nothing was sent, so no answer can come'))
  return {
    sent: false,
    acked: false,
    ms: 0,
    payload,
    answers: () => [],
    answer: none,
    ...(errors === undefined ? {} : { errors }),
  }
}

export type CommandArgs = {
  readonly user: string
  readonly channel: string
  readonly text?: string
  readonly command?: string
}

/** A slash command (default `/istio`). What the ack carries is shown to the person, or to the channel if it says so. */
export async function command(stage: Stage, args: CommandArgs): Promise<Seen> {
  const { world } = stage
  const [user, channel] = [userOf(world, args.user), channelOf(world, args.channel)]
  const name = args.command ?? '/istio'
  const triggerId = stage.triggers.issue(user.id)
  const responseUrl = stage.responseUrls.issue(user.id, channel.id)
  const text = args.text ?? ''
  happened(world, `${user.name} in ${channel.isIm ? '' : '#'}${channel.name}: ${name} ${text}`.trimEnd())
  const payload = commandPayload(world, { user, channel, command: name, text, responseUrl: responseUrl.url, triggerId })
  const seen = await perform(stage, {
    parcel: { kind: 'slash_commands', payload, takesAnswer: true },
    user: user.id,
    triggerId,
    responseUrl,
  })
  return showAck(world, seen, { user: user.id, channel: channel.id })
}

function showAck(world: World, seen: Seen, to: { user: string; channel: string }): Seen {
  if (seen.body === undefined) return seen
  const content = isObject(seen.body) ? seen.body : { text: seen.body }
  const refused = validateMessage(content, 'response_url')
  if (refused !== null) return { ...seen, refused: refused.error }
  const shown = answer(world, to, content)
  return { ...seen, answers: () => [shown, ...seen.answers().filter((m) => m !== shown)] }
}

/** Sends a payload once more: the very bytes over HTTP (or spoilt), or the same payload in a new envelope. */
export function again(stage: Stage, seen: Seen, how: Tampering = 'same'): Promise<Delivered> {
  if (seen.parcel === undefined) throw new Error('this act was never sent')
  if (seen.request !== undefined) return postSigned(stage.world, tampered(stage.world, seen.request, how), stage.ackMs)
  if (how !== 'same') throw new Error('only HTTP delivery has a signature to spoil')
  return stage.link.send(seen.parcel, stage.ackMs)
}

export function userOf(world: World, id: string): SlackUser {
  const user = world.users.get(id)
  if (user === undefined) throw new Error(`no such user: ${id}`)
  return user
}

export function channelOf(world: World, id: string): SlackChannel {
  const channel = world.channels.get(id)
  if (channel === undefined) throw new Error(`no such channel: ${id}`)
  return channel
}
