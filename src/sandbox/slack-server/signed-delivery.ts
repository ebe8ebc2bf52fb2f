import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { isObject } from './json.ts'
import type { Json } from './json.ts'
import type { Delivered, Parcel, Tampering } from './parcels.ts'
import type { World } from './world.ts'

/** A request as it went out, so that a test can send the very same bytes again. */
export type SignedRequest = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly takesAnswer: boolean
}

const types = { form: 'application/x-www-form-urlencoded', json: 'application/json' }
const shiftSeconds = 10 * 60

/** The request of Slack's HTTP delivery: commands and clicks as forms, events as JSON, signed with version 0. */
export function signedRequest(world: World, url: string, parcel: Parcel): SignedRequest {
  const { type, body } = encode(parcel)
  const retry: Record<string, string> =
    parcel.retry === undefined
      ? {}
      : { 'x-slack-retry-num': String(parcel.retry.num), 'x-slack-retry-reason': parcel.retry.reason }
  const headers = {
    'content-type': type,
    ...retry,
    ...signature(world.signingSecret, Math.floor(world.now() / 1000), body),
  }
  return { url, headers, body, takesAnswer: parcel.takesAnswer }
}

function encode(parcel: Parcel): { type: string; body: string } {
  if (parcel.kind === 'events_api') return { type: types.json, body: JSON.stringify(parcel.payload) }
  if (parcel.kind === 'interactive')
    return { type: types.form, body: new URLSearchParams({ payload: JSON.stringify(parcel.payload) }).toString() }
  const fields = Object.entries(parcel.payload).map(([key, value]): [string, string] => [key, String(value)])
  return { type: types.form, body: new URLSearchParams(fields).toString() }
}

/** `v0=HMAC-SHA256(secret, "v0:<seconds>:<body>")` (docs.slack.dev, verifying requests from Slack). */
function signature(secret: string, seconds: number, body: string): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${mac}` }
}

/** The same request, spoilt in one way: a wrong secret, or well signed but ten minutes old or ahead. */
export function tampered(world: World, original: SignedRequest, how: Tampering): SignedRequest {
  if (how === 'same') return original
  const shift = { 'wrong-signature': 0, 'old-timestamp': -shiftSeconds, 'future-timestamp': shiftSeconds }[how]
  const secret = how === 'wrong-signature' ? `not ${world.signingSecret}` : world.signingSecret
  return {
    ...original,
    headers: { ...original.headers, ...signature(secret, Math.floor(world.now() / 1000) + shift, original.body) },
  }
}

/** Posts a request and waits for the ack: any 200 within the time. */
export function postSigned(world: World, signed: SignedRequest, ackMs: number): Promise<Delivered> {
  const from = world.now()
  return new Promise((resolve) => {
    const sent = request(
      signed.url,
      {
        method: 'POST',
        agent: false,
        headers: { ...signed.headers, 'content-length': Buffer.byteLength(signed.body) },
        signal: AbortSignal.timeout(ackMs),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', (error) => resolve(failed(world, from, error)))
        response.on('end', () =>
          resolve(answered(signed, response.statusCode ?? 0, Buffer.concat(chunks).toString(), world.now() - from)),
        )
      },
    )
    sent.on('error', (error) => resolve(failed(world, from, error)))
    sent.end(signed.body)
  })
}

function answered(signed: SignedRequest, status: number, text: string, ms: number): Delivered {
  if (status !== 200) return { acked: false, ms, status, error: 'dispatch_failed' }
  return { acked: true, ms, status, ...(signed.takesAnswer && text !== '' ? { body: bodyOf(text) } : {}) }
}

function bodyOf(text: string): Json | string {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : text
  } catch {
    return text
  }
}

function failed(world: World, from: number, error: Error): Delivered {
  const timedOut = error.name === 'AbortError' || error.name === 'TimeoutError'
  return { acked: false, ms: world.now() - from, error: timedOut ? 'operation_timeout' : 'dispatch_failed' }
}
