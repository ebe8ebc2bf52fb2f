import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** How one request went: it is good when it was answered with a status below 400. */
export type UrlAnswer = {
  readonly ms: number
  readonly good: boolean
  /** Null where nothing was answered; `message` says why. */
  readonly status: number | null
  readonly message: string
}

const DEADLINE_MS = 5000

/** Only the code: the sentence of the error would name host and port, which cards and evidence never show. */
function codeOf(error: Error & { readonly code?: unknown }): string {
  return typeof error.code === 'string' ? error.code : 'no connection'
}

/**
 * One GET over a connection of its own, so that every request goes through the whole way again: name, balancer, either sidecar.
 * Never rejects. Redirects are an answer and are not followed; the body is thrown away.
 */
export function askUrl(url: string, now: () => number, signal: AbortSignal): Promise<UrlAnswer> {
  const startMs = now()
  const request = new URL(url).protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const ended = (status: number | null, message: string): void =>
      resolve({ ms: Math.round(now() - startMs), good: status !== null && status < 400, status, message })
    const limit = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)])
    const headers = { 'user-agent': 'meshferry-probe' }
    const asked = request(url, { agent: false, headers, signal: limit }, (response) => {
      const { statusCode = 0 } = response
      response.on('error', (error) => ended(null, codeOf(error)))
      response.on('end', () => ended(statusCode, `HTTP ${statusCode}`))
      response.resume()
    })
    asked.on('error', (error) => ended(null, limit.aborted && !signal.aborted ? 'no answer in time' : codeOf(error)))
    asked.end()
  })
}
