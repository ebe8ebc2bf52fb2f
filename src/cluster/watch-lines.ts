import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { KubeObject } from '../istio/objects.ts'

/** One line of a watch, as the API server writes it. */
export type WatchEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: KubeObject & { readonly code?: number; readonly message?: string }
}

/**
 * The events of a watch body, however its bytes are cut. A line that is no event throws: a watch that skipped it would
 * be wrong without anybody knowing, so the caller lists anew.
 */
export async function* eventsOf(body: Readable): AsyncGenerator<WatchEvent> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of body) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() !== '') yield parsedEvent(line)
    }
  }
}

function parsedEvent(line: string): WatchEvent {
  const value = JSON.parse(line) as WatchEvent
  if (typeof value.type !== 'string' || typeof value.object !== 'object') throw new Error('not a watch event')
  return value
}
