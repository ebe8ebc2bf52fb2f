import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PageParts } from '../../sandbox/page/page-parts.ts'

export type Page = { readonly url: string; readonly close: () => Promise<void> }

/** Chat and mesh as plain text, on 127.0.0.1: what there is to see where no better page is. */
export async function startPlainPage({ slack, mesh, calendar, channel }: PageParts, port = 0): Promise<Page> {
  const server = createServer((_, response) => {
    const said = slack.messages(channel).map((message) => slack.text(message))
    const { byVersion, restartedByUs } = mesh()
    const head = `${new Date(calendar.now()).toISOString()}   pods ${JSON.stringify(byVersion)}   restarted by us: ${restartedByUs}`
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end([head, ...said].join('\n\n'))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
