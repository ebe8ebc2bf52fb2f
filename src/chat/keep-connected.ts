import type bolt from '@slack/bolt'
import { sleep } from '../kernel/retry.ts'
import type { Log } from '../kernel/log.ts'

type SocketClient = InstanceType<typeof bolt.SocketModeReceiver>['client']

/** Between two tries, in ms: at once after Slack recycled a connection, up to ten seconds while Slack is away. */
const WAITS_MS = [0, 200, 500, 1000, 2000, 5000, 10_000]

/**
 * Connects again, for ever, whenever the socket is gone. socket-mode's own way back waits five seconds after each recycled
 * connection (3.1.0), and when Slack can't be reached it gives up by a rejection that nobody holds, which ends the process.
 */
export function keepConnected(client: SocketClient, log: Log): { readonly stop: () => void } {
  const stopping = new AbortController()
  let connecting = false
  const connect = async (): Promise<void> => {
    if (connecting || stopping.signal.aborted) return
    connecting = true
    for (let tries = 0; !stopping.signal.aborted; tries += 1) {
      await sleep(WAITS_MS[Math.min(tries, WAITS_MS.length - 1)] ?? 0, stopping.signal)
      if (stopping.signal.aborted || (await connected(client, log, tries))) break
    }
    connecting = false
  }
  client.on('disconnected', () => void connect())
  return { stop: () => stopping.abort() }
}

async function connected(client: SocketClient, log: Log, tries: number): Promise<boolean> {
  try {
    await client.start()
    if (tries > 1) log.info('the socket to Slack is back', { tries })
    return true
  } catch (error) {
    // socket-mode rejects with nothing when a socket closed before Slack said hello.
    const message = error instanceof Error ? error.message : 'the connection closed before Slack said hello'
    if (tries === 1) log.warn('Slack can not be reached; trying again until it answers', { message })
    return false
  }
}
