import { injector } from './contract-objects.ts'
import { leases, map, type Refused } from './wire-refused.ts'
import { APPLY_PATCH, JSON_PATCH, MERGE_PATCH } from './wire-stage.ts'

/** A body that is a webhook configuration with these fields in its entry. */
export const hook = (entry: object) => {
  const { webhooks, ...rest } = injector('wire-refused')
  return { body: { ...rest, webhooks: webhooks.map((one) => ({ ...one, ...entry })) } }
}
export const HOOKS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations'
const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'wire' }, spec: {} }
const hookIs = 'MutatingWebhookConfiguration.admissionregistration.k8s.io "wire-refused" is invalid: webhooks[0].'

/** Refused for what is sent. */
export const REFUSED_BODIES: readonly Refused[] = [
  {
    name: 'a type of body that is not read',
    ask: ({ maps }) => ['POST', maps, { text: 'x', contentType: 'text/plain' }],
    status: 415,
    reason: 'UnsupportedMediaType',
    message:
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  },
  {
    name: 'a type of patch that is not read',
    ask: ({ maps }) => ['PATCH', `${maps}/taken`, { body: {} }],
    status: 415,
    reason: 'UnsupportedMediaType',
    message: '415: Unsupported Media Type',
  },
  {
    name: 'a body that is too large',
    ask: ({ maps }) => ['POST', maps, map('x', { data: { a: 'x'.repeat(3 * 1024 * 1024) } })],
    status: 413,
    reason: 'RequestEntityTooLarge',
    message: 'Request entity too large: limit is 3145728',
  },
  {
    name: 'a ConfigMap that is too large',
    ask: ({ maps }) => ['POST', maps, map('x', { data: { a: 'x'.repeat(1024 * 1024 + 1) } })],
    status: 422,
    reason: 'Invalid',
    message: 'ConfigMap "x" is invalid: []: Too long: may not be more than 1048576 bytes',
  },
  {
    name: 'no name',
    ask: ({ maps }) => ['POST', maps, map('')],
    status: 422,
    reason: 'Invalid',
    message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
  },
  {
    name: 'a label that is none',
    ask: ({ maps }) => ['POST', maps, map('x', { metadata: { name: 'x', labels: { 'a b': 'c' } } })],
    status: 422,
    reason: 'Invalid',
    message:
      "ConfigMap \"x\" is invalid: metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
  },
  {
    name: 'a version on what is to be created',
    ask: ({ maps }) => ['POST', maps, map('x', { metadata: { name: 'x', resourceVersion: '7' } })],
    status: 500,
    message: 'resourceVersion should not be set on objects to be created',
  },
  {
    name: 'a dry run that is none',
    ask: ({ maps }) => ['POST', `${maps}?dryRun=Some`, map('x')],
    status: 422,
    reason: 'Invalid',
    message: 'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
  },
  {
    name: 'a JSON patch that is no list',
    ask: ({ maps }) => ['PATCH', `${maps}/taken`, { body: {}, contentType: JSON_PATCH }],
    status: 400,
    reason: 'BadRequest',
    message: 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
  },
  {
    name: 'a patch of the name',
    ask: ({ maps }) => ['PATCH', `${maps}/taken`, { body: { metadata: { name: 'b' } }, contentType: MERGE_PATCH }],
    status: 400,
    reason: 'BadRequest',
    message: 'the name of the object (b) does not match the name on the URL (taken)',
  },
  {
    name: 'an apply in nobody’s name',
    ask: ({ maps }) => ['PATCH', `${maps}/taken`, { ...map('taken'), contentType: APPLY_PATCH }],
    status: 422,
    reason: 'Invalid',
    message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  },
  {
    name: 'an apply without a type',
    ask: ({ maps }) => [
      'PATCH',
      `${maps}/taken?fieldManager=x`,
      { body: { metadata: { name: 'taken' } }, contentType: APPLY_PATCH },
    ],
    status: 400,
    reason: 'BadRequest',
    message: 'invalid object type: /, Kind=',
  },
  {
    name: 'a Lease without a version',
    ask: (stage) => ['PUT', `${leases(stage)}/wire`, { body: lease }],
    status: 422,
    reason: 'Invalid',
    message:
      'leases.coordination.k8s.io "wire" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
  },
  {
    name: 'a Lease for less than no time',
    ask: (stage) => [
      'POST',
      leases(stage),
      { body: { ...lease, metadata: { name: 'other' }, spec: { leaseDurationSeconds: -1 } } },
    ],
    status: 422,
    reason: 'Invalid',
    message:
      'Lease.coordination.k8s.io "other" is invalid: spec.leaseDurationSeconds: Invalid value: -1: must be greater than 0',
  },
  {
    name: 'a webhook that says nothing of its side effects',
    ask: () => ['POST', HOOKS, hook({ sideEffects: undefined })],
    status: 422,
    reason: 'Invalid',
    message: `${hookIs}sideEffects: Required value: must specify one of None, NoneOnDryRun`,
  },
  {
    name: 'a webhook with side effects',
    ask: () => ['POST', HOOKS, hook({ sideEffects: 'Some' })],
    status: 422,
    reason: 'Invalid',
    message: `${hookIs}sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"`,
  },
  {
    name: 'a webhook that speaks no version',
    ask: () => ['POST', HOOKS, hook({ admissionReviewVersions: undefined })],
    status: 422,
    reason: 'Invalid',
    message: `${hookIs}admissionReviewVersions: Required value: must specify one of v1, v1beta1`,
  },
  {
    name: 'a webhook that may fail otherwise',
    ask: () => ['POST', HOOKS, hook({ failurePolicy: 'Maybe' })],
    status: 422,
    reason: 'Invalid',
    message: `${hookIs}failurePolicy: Unsupported value: "Maybe": supported values: "Fail", "Ignore"`,
  },
]
