import { epochOf } from '../kernel/clock.ts'
import type { Result } from '../kernel/errors.ts'
import { ok, refuse } from '../kernel/errors.ts'
import { keyIdOf, verifyText } from '../kernel/signatures.ts'
import type { RequestBody } from '../wire/request.ts'
import { requestBody, signedRequest } from '../wire/request.ts'

/** A request lapses after this long: the person has been told "not recorded, click again" (design.md §3). */
export const REQUEST_LIFE_MS = 120_000
/** Clocks of bot and worker may differ by this much. */
const CLOCK_SKEW_MS = 30_000

/**
 * Is this a request that one of the bot's keys signed, for this cluster, now? Form, signature, cluster and age; replay is
 * checked where it can be remembered. Anyone who can write to Redis can put anything here.
 */
export function verifyRequest(
  raw: unknown,
  botKeys: readonly string[],
  cluster: string,
  machineNowMs: number,
): Result<RequestBody> {
  const signed = signedRequest.safeParse(raw)
  if (!signed.success) return refuse('REQUEST_MALFORMED')
  const key = botKeys.find((candidate) => keyIdOf(candidate) === signed.data.key)
  if (!key) return refuse('REQUEST_KEY_UNKNOWN', { key: signed.data.key })
  if (!verifyText(signed.data.body, signed.data.signature, key))
    return refuse('REQUEST_FORGED', { key: signed.data.key })
  const body = requestBody.safeParse(parseJson(signed.data.body))
  if (!body.success) return refuse('REQUEST_MALFORMED')
  if (body.data.cluster !== cluster) return refuse('REQUEST_OF_OTHER_CLUSTER', { cluster: body.data.cluster })
  const ageMs = machineNowMs - epochOf(body.data.at)
  if (ageMs > REQUEST_LIFE_MS || ageMs < -CLOCK_SKEW_MS) {
    return refuse('REQUEST_TOO_OLD', { seconds: Math.round(ageMs / 1000) })
  }
  return ok(body.data)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
