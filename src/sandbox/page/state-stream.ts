import type { ServerResponse } from 'node:http'

/** At most five changes a second reach a page. */
const everyMs = 200

export type StateStreams = {
  /** Sends all of it now and then each change, as server-sent events, until the page goes away. */
  readonly open: (response: ServerResponse, read: () => Map<string, string>) => void
  readonly close: () => void
}

/** Looks at what each open page would see and sends it what has changed since. */
export function stateStreams(): StateStreams {
  const open = new Map<ServerResponse, () => void>()
  let timer: NodeJS.Timeout | undefined
  const look = (): void => {
    for (const [response, send] of open) {
      try {
        send()
      } catch {
        // What can't be read now ends this stream, and the page asks again by itself.
        response.destroy()
      }
    }
  }
  const forget = (response: ServerResponse): void => {
    open.delete(response)
    if (open.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
  return {
    open: (response, read) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      open.set(response, sender(response, read))
      open.get(response)?.()
      timer ??= setInterval(look, everyMs)
      response.on('close', () => forget(response))
    },
    close: () => {
      for (const response of open.keys()) {
        forget(response)
        response.end()
      }
    },
  }
}

function sender(response: ServerResponse, read: () => Map<string, string>): () => void {
  let sent = new Map<string, string>()
  return () => {
    // A page that does not read is not fed; it gets all that it missed at once.
    if (response.writableNeedDrain) return
    const now = read()
    const set = [...now].filter(([key, json]) => sent.get(key) !== json)
    const gone = [...sent.keys()].filter((key) => !now.has(key))
    sent = now
    if (set.length === 0 && gone.length === 0) return
    const members = set.map(([key, json]) => `${JSON.stringify(key)}:${json}`)
    response.write(`data: {"set":{${members.join(',')}},"gone":${JSON.stringify(gone)}}\n\n`)
  }
}
