import bolt from '@slack/bolt'
import type { ChatParts } from './chat.ts'
import { httpGuard } from './http-guard.ts'
import { boltLogger, clientOptions } from './slack-clients.ts'

export type Receiving =
  | { readonly kind: 'socket'; readonly receiver: InstanceType<typeof bolt.SocketModeReceiver> }
  | { readonly kind: 'http'; readonly receiver: InstanceType<typeof bolt.HTTPReceiver>; readonly port: number }

/** Socket Mode, or Bolt's HTTP receiver behind the guard that Bolt lacks. */
export function receiving(parts: ChatParts): Receiving {
  const { settings, log, memory, clocks } = parts
  const logger = boltLogger(log)
  if (settings.delivery.kind === 'socket') {
    const receiver = new bolt.SocketModeReceiver({
      appToken: settings.delivery.appToken,
      // keep-connected.ts brings it back.
      autoReconnectEnabled: false,
      logger,
      installerOptions: { clientOptions: clientOptions(settings.apiUrl, log) },
    })
    return { kind: 'socket', receiver }
  }
  const receiver = new bolt.HTTPReceiver({ signingSecret: settings.delivery.signingSecret, logger })
  receiver.requestListener = httpGuard(receiver.requestListener, memory, clocks.machine)
  return { kind: 'http', receiver, port: settings.delivery.port }
}
