import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Shop = { readonly url: string; readonly close: () => Promise<void> }

/** The shop as its customers see it: a page that answers while it is open. */
export async function startShop(isOpen: () => boolean): Promise<Shop> {
  const server = createServer((_, response) => {
    const open = isOpen()
    response.writeHead(open ? 200 : 503).end(open ? 'open\n' : 'closed\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
