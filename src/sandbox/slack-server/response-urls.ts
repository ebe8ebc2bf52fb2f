import { randomBytes } from 'node:crypto'
import { textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { addMessage, decodeJsonArguments, editMessage, flag, removeMessage } from './messages.ts'
import type { SlackMessage } from './model.ts'
import { validateMessage } from './validate-message.ts'
import type { World } from './world.ts'

/** A right to answer one act of one person. `original` is the message whose button was pressed; a command has none. */
export type ResponseUrl = {
  readonly url: string
  readonly user: string
  readonly channel: string
  readonly original?: SlackMessage
  readonly at: number
  uses: number
  readonly answers: SlackMessage[]
}

type ResponseAnswer = { readonly status: number; readonly body: Json }

export type ResponseUrls = {
  readonly issue: (user: string, channel: string, original?: SlackMessage) => ResponseUrl
  /** Carries out one POST to `/response/<id>`. */
  readonly use: (id: string, content: Json) => ResponseAnswer
  /** Makes all that exist 30 minutes old. */
  readonly expireAll: () => void
}

export function createResponseUrls(world: World, base: () => string): ResponseUrls {
  const known = new Map<string, ResponseUrl>()
  const expired = new Set<string>()
  return {
    issue: (user, channel, original) => {
      const id = randomBytes(12).toString('hex')
      const made: ResponseUrl = {
        url: `${base()}/response/${id}`,
        user,
        channel,
        at: world.now(),
        uses: 0,
        answers: [],
        ...(original === undefined ? {} : { original }),
      }
      known.set(id, made)
      return made
    },
    use: (id, content) => {
      const target = known.get(id)
      if (target === undefined) return { status: 404, body: { ok: false, error: 'invalid_url' } }
      if (expired.has(id) || world.now() - target.at > limits.responseUrl.lifeMs)
        return { status: 404, body: { ok: false, error: 'expired_url' } }
      if (target.uses >= limits.responseUrl.uses) return { status: 404, body: { ok: false, error: 'used_url' } }
      return respond(world, target, decodeJsonArguments(content))
    },
    expireAll: () => {
      for (const id of known.keys()) expired.add(id)
    },
  }
}

/**
 * After a click the answer replaces the message unless `replace_original` is false (Slack's guide to interactive
 * messages); after a command there is nothing to replace (bolt-python issue 1268). A refused message uses nothing up.
 */
function respond(world: World, target: ResponseUrl, content: Json): ResponseAnswer {
  const original = target.original
  if (flag(content['delete_original'])) {
    target.uses += 1
    if (original !== undefined && !original.deleted) removeMessage(world, original)
    return { status: 200, body: { ok: true } }
  }
  const refused = validateMessage(content, 'response_url')
  if (refused !== null)
    return { status: 400, body: { ok: false, error: refused.error, errors: refused.messages ?? [] } }
  target.uses += 1
  const replace =
    original !== undefined &&
    !original.deleted &&
    content['replace_original'] !== false &&
    content['replace_original'] !== 'false'
  if (replace) {
    editMessage(world, original, content)
    target.answers.push(original)
  } else target.answers.push(answer(world, target, content))
  return { status: 200, body: { ok: true } }
}

/** A new message by ack or response_url: only for the person, unless it says `in_channel`. Works where the bot is no member. */
export function answer(world: World, to: { user: string; channel: string }, content: Json): SlackMessage {
  const open = textOf(content['response_type']) === 'in_channel'
  return addMessage(world, {
    channel: to.channel,
    user: world.bot.userId,
    content,
    ...(open ? {} : { onlyFor: to.user }),
  })
}
