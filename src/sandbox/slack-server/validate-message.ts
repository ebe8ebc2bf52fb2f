import { codePoints, isObject, listOf, objectsOf, textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { validateBlocks } from './validate-blocks.ts'
import { messagesOf } from './validate-core.ts'

/** Slack's answer to a message or view that it won't take: the error word, and for blocks the lines with pointers. */
export type Refused = { readonly error: string; readonly messages?: readonly string[] }

/** By which door a message comes; their limits differ. */
export type Door = 'chat.postMessage' | 'chat.update' | 'chat.postEphemeral' | 'response_url'

/** Null when Slack would take this message through this door; else what it would answer. Arguments are decoded JSON. */
export function validateMessage(message: Json, door: Door): Refused | null {
  return (
    checkPresence(message) ??
    checkLengths(message, door) ??
    checkBlocks(message) ??
    checkAttachments(message, door) ??
    checkMetadata(message)
  )
}

function checkPresence(message: Json): Refused | null {
  const { text, blocks, attachments } = message
  if (blocks !== undefined && !Array.isArray(blocks)) return { error: 'invalid_blocks_format' }
  const empty = textOf(text) === '' && listOf(blocks).length === 0 && listOf(attachments).length === 0
  return empty ? { error: 'no_text' } : null
}

/** chat.update errors where chat.postMessage cuts; the block total was only ever met on posts (bolt-js 2867: respond() took the same blocks). */
function checkLengths(message: Json, door: Door): Refused | null {
  if (door === 'chat.update' && codePoints(textOf(message['text'])) > limits.updatedText)
    return { error: 'msg_too_long' }
  if (door === 'response_url') return null
  return blockBytes(message['blocks']) > limits.blockBytesPerMessage ? { error: 'msg_blocks_too_long' } : null
}

/** The UTF-8 bytes that a reader could see in these blocks; Slack's own count is not public. */
function blockBytes(blocks: unknown): number {
  if (typeof blocks === 'string') return Buffer.byteLength(blocks)
  if (Array.isArray(blocks)) return blocks.reduce<number>((sum, item) => sum + blockBytes(item), 0)
  if (!isObject(blocks)) return 0
  return Object.entries(blocks).reduce((sum, [key, value]) => (silent.has(key) ? sum : sum + blockBytes(value)), 0)
}

const silent = new Set(['type', 'block_id', 'action_id', 'style', 'value', 'emoji', 'verbatim'])

function checkBlocks(message: Json): Refused | null {
  if (message['blocks'] === undefined) return null
  const problems = validateBlocks(message['blocks'], 'message')
  return problems.length === 0 ? null : { error: 'invalid_blocks', messages: messagesOf(problems) }
}

/** An attachment with blocks may hold nothing else but colour and fallback (bolt-js 717), and none may be ephemeral. */
function checkAttachments(message: Json, door: Door): Refused | null {
  const attachments = listOf(message['attachments'])
  if (attachments.length > limits.attachments) return { error: 'too_many_attachments' }
  for (const [i, attachment] of objectsOf(attachments).entries()) {
    if (attachment['blocks'] === undefined) continue
    const others = Object.keys(attachment).filter((key) => !['color', 'blocks', 'fallback'].includes(key))
    if (others.length > 0 || door === 'chat.postEphemeral') return { error: 'invalid_attachments' }
    const problems = validateBlocks(attachment['blocks'], 'message', `/attachments/${i}/blocks`)
    if (problems.length > 0) return { error: 'invalid_blocks', messages: messagesOf(problems) }
  }
  return null
}

function checkMetadata(message: Json): Refused | null {
  const metadata = message['metadata']
  if (metadata === undefined) return null
  if (!isObject(metadata) || typeof metadata['event_type'] !== 'string') return { error: 'invalid_metadata_format' }
  if (!isObject(metadata['event_payload'])) return { error: 'invalid_metadata_schema' }
  return Buffer.byteLength(JSON.stringify(metadata)) > limits.metadataBytes ? { error: 'metadata_too_large' } : null
}
