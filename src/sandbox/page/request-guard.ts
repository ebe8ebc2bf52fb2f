import type { IncomingMessage } from 'node:http'

/**
 * Why this request is refused, or null. Only the page itself may speak here: another site's page that resolves its own
 * name to this machine carries its own Host (DNS rebinding), and one that posts across sites its own Origin.
 */
export function refusalOf(request: IncomingMessage, port: number): string | null {
  const { host = '' } = request.headers
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(host))
    return 'This page is only served under its own address.'
  if (isForeign(request, host)) return isNavigation(request) ? null : 'Requests from other sites are refused.'
  if (request.method !== 'POST') return null
  if (request.headers.origin === undefined) return 'An act needs the Origin of this page.'
  return request.headers['content-type'] === 'application/json' ? null : 'An act is JSON.'
}

/** Browsers name the origin of a request, or at least say how it stands to the page; `none` is the address bar. */
function isForeign({ headers }: IncomingMessage, host: string): boolean {
  if (headers.origin !== undefined) return headers.origin !== `http://${host}`
  return !['same-origin', 'none', undefined].includes(headers['sec-fetch-site'] as string | undefined)
}

/** Somebody follows a link to the page: nothing is done by it, and the other site sees nothing of it. */
function isNavigation(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate' && request.url === '/'
}
