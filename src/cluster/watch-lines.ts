import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { KubeObject } from '../istio/objects.ts'
import { CodedError, messageOf } from '../kernel/errors.ts'

/** One line of a watch, as the API server writes it. */
export type WatchEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: KubeObject & { readonly code?: number; readonly message?: string }
}

/**
 * The events of a watch body, however its bytes are cut. A line that is no event throws: a watch that skipped it would
 * be wrong without anybody knowing, so the caller lists anew. A connection that breaks is CLUSTER_UNREACHABLE: nothing whole
 * is lost, and half a line comes again from the last version.
 */
export async function* eventsOf(body: Readable): AsyncGenerator<WatchEvent> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of chunksOf(body)) {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() !== '') yield parsedEvent(line)
    }
  }
}

async function* chunksOf(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer
  } catch (error) {
    throw new CodedError('CLUSTER_UNREACHABLE', { message: messageOf(error) })
  }
}

function parsedEvent(line: string): WatchEvent {
  const value = JSON.parse(line) as WatchEvent
  if (typeof value.type !== 'string' || typeof value.object !== 'object') throw new Error('not a watch event')
  return value
}
