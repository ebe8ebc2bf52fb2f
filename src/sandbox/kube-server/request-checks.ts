import type { Request } from './handle-request.ts'
import { StatusError } from './status-error.ts'

const BODY_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']
const OPTIONS: Readonly<Record<string, string>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
}

/** The 415 of a body that is no JSON; one without a type is taken for it. */
export function checkType(request: Request): void {
  const type = (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? ''
  if (type === 'application/json') return
  const accepted = `accepted media types include: ${BODY_TYPES.join(', ')}`
  const message = `the body of the request was in an unknown format - ${accepted}`
  throw new StatusError(415, 'UnsupportedMediaType', message)
}

/** The 422 of a `dryRun` other than All. */
export function unsupportedDryRun(method: string, given: readonly string[]): StatusError {
  const message = `Unsupported value: ${JSON.stringify(given)}: supported values: "All"`
  return invalidOptions(OPTIONS[method] ?? '', 'dryRun', message, 'FieldValueNotSupported')
}

/** A request's own options are invalid as an object is: `CreateOptions`, `ListOptions`. */
export function invalidOptions(kind: string, field: string, why: string, reason: string): StatusError {
  return new StatusError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: ${field}: ${why}`, {
    group: 'meta.k8s.io',
    kind,
    causes: [{ reason, message: why, field }],
  })
}
