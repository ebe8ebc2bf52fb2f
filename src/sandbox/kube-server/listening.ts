import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** HTTP servers that listen on several addresses and one free port. */
export type Listening = { readonly port: number; readonly close: () => Promise<void> }

/** Listens on every address; the first gets a free port, which the others take too. Rejects when one can't have it. */
export async function listenOn(addresses: readonly string[], serve: RequestListener): Promise<Listening> {
  const servers: Server[] = []
  for (const address of addresses) {
    const server = createServer(serve)
    const port = servers.length === 0 ? 0 : portOf(servers)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, address, () => resolve())
    })
    servers.push(server)
  }
  return { port: portOf(servers), close: () => closeAll(servers) }
}

function portOf(servers: readonly Server[]): number {
  const [first] = servers
  if (!first) throw new Error('the sandbox needs an address to listen on')
  return (first.address() as AddressInfo).port
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}
