import type { IncomingMessage } from 'node:http'

/**
 * Why this request is refused, or null. Only the page itself may speak here: another site's page that resolves its own
 * name to this machine carries its own Host (DNS rebinding), and one that posts across sites its own Origin.
 */
export function refusalOf(request: IncomingMessage, port: number): string | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host = '', origin } = request.headers
  if (!hosts.includes(host)) return 'This page is only served under its own address.'
  if (origin !== undefined && origin !== `http://${host}`) return 'Requests from other sites are refused.'
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && (site !== 'none' || request.method !== 'GET')) {
    return isNavigation(request) ? null : 'Requests from other sites are refused.'
  }
  if (request.method !== 'POST') return null
  if (origin === undefined) return 'An act needs the Origin of this page.'
  return request.headers['content-type'] === 'application/json' ? null : 'An act is JSON.'
}

/** Somebody follows a link to the page: nothing is done by it, and the other site sees nothing of it. */
function isNavigation(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate' && request.url === '/'
}
