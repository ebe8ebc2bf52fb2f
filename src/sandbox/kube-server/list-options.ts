import type { Api } from './api.ts'
import { invalidOptions } from './request-checks.ts'
import { StatusError, badRequest } from './status-error.ts'

/** The version that a list or watch names; 0 where it names none. Throws the 400 of one that is no number. */
export function readVersion(query: URLSearchParams): number {
  const text = query.get('resourceVersion') ?? ''
  if (/^\d*$/.test(text)) return Number(text)
  const why = `Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`
  throw badRequest(`invalid resource version: resourceVersion: ${why}`)
}

/** Throws what the API server answers to a list that asks for something that it can't have. */
export function checkListOptions(api: Api, query: URLSearchParams): void {
  const limit = query.get('limit') ?? ''
  if (!/^-?\d*$/.test(limit)) throw badRequest(`strconv.ParseInt: parsing "${limit}": invalid syntax`)
  if (query.get('resourceVersionMatch') && !query.get('resourceVersion')) {
    const why = 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided'
    throw invalidOptions('ListOptions', 'resourceVersionMatch', why, 'FieldValueForbidden')
  }
  const [wanted, current] = [readVersion(query), api.store.version()]
  if (wanted <= current) return
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }]
  throw new StatusError(504, 'Timeout', message, { causes, retryAfterSeconds: 1 })
}

/** The same of a watch. A version that is no number is a 500 there. */
export function checkWatchOptions(query: URLSearchParams): void {
  const text = query.get('resourceVersion') ?? ''
  if (!/^\d*$/.test(text)) {
    const why = `Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`
    throw new StatusError(500, '', `resourceVersion: ${why}`)
  }
  if (query.get('sendInitialEvents') !== 'true' || query.get('resourceVersionMatch') === 'NotOlderThan') return
  const why = 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'
  throw invalidOptions('ListOptions', 'resourceVersionMatch', why, 'FieldValueForbidden')
}
