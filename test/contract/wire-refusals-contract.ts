import { expect, test } from '@jest/globals'
import { configMap, injector } from './contract-objects.ts'
import type { WireCall } from './wire-client.ts'
import { APPLY_PATCH, JSON_PATCH, META, MERGE_PATCH, type WireStage } from './wire-stage.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Refused = {
  readonly name: string
  readonly ask: (stage: WireStage) => readonly [Method, string, WireCall?]
  readonly by?: 'limited'
  readonly status: number
  readonly reason?: string
  readonly message: string | ((stage: WireStage) => string)
}

const map = (name: string, more: object = {}) => ({ body: { ...configMap(name, ''), metadata: { name }, ...more } })
const hook = (entry: object) => {
  const { webhooks, ...rest } = injector('wire-refused')
  return { body: { ...rest, webhooks: webhooks.map((one) => ({ ...one, ...entry })) } }
}
const HOOKS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations'
const leases = ({ namespace }: WireStage) => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'wire' }, spec: {} }
const hookIs = 'MutatingWebhookConfiguration.admissionregistration.k8s.io "wire-refused" is invalid: webhooks[0].'
const mayNot = (what: string) => (stage: WireStage) => `${what} in the namespace "${stage.namespace}"`
const NOT_FOUND = 'the server could not find the requested resource'
const NOT_ALLOWED = 'the server does not allow this method on the requested resource'

/** Requests that are refused, and in which words. `taken` is a ConfigMap that is there. */
const REFUSED: readonly Refused[] = [
  {
    name: 'an unknown token',
    ask: () => ['GET', '/api/v1/namespaces', { token: 'nobody' }],
    status: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  },
  {
    name: 'a list without the right',
    ask: ({ pods }) => ['GET', pods],
    by: 'limited',
    status: 403,
    reason: 'Forbidden',
    message: mayNot('pods is forbidden: User "limited" cannot list resource "pods" in API group ""'),
  },
  {
    name: 'a list of all without the right',
    ask: () => ['GET', '/apis/apps/v1/deployments'],
    by: 'limited',
    status: 403,
    reason: 'Forbidden',
    message:
      'deployments.apps is forbidden: User "limited" cannot list resource "deployments" in API group "apps" at the cluster scope',
  },
  {
    name: 'a get without the right',
    ask: ({ maps }) => ['GET', `${maps}/x`],
    by: 'limited',
    status: 403,
    reason: 'Forbidden',
    message: mayNot('configmaps "x" is forbidden: User "limited" cannot get resource "configmaps" in API group ""'),
  },
  {
    name: 'a subresource without the right',
    ask: ({ pods }) => ['POST', `${pods}/x/eviction`, { body: {} }],
    by: 'limited',
    status: 403,
    reason: 'Forbidden',
    message: mayNot('pods "x" is forbidden: User "limited" cannot create resource "pods/eviction" in API group ""'),
  },
  {
    name: 'an object that is not there',
    ask: ({ maps }) => ['GET', `${maps}/x`],
    status: 404,
    reason: 'NotFound',
    message: 'configmaps "x" not found',
  },
  {
    name: 'an object of a group',
    ask: (stage) => ['GET', `${leases(stage)}/x`],
    status: 404,
    reason: 'NotFound',
    message: 'leases.coordination.k8s.io "x" not found',
  },
  {
    name: 'a namespace that is not there',
    ask: () => ['POST', '/api/v1/namespaces/nowhere/configmaps', map('x')],
    status: 404,
    reason: 'NotFound',
    message: 'namespaces "nowhere" not found',
  },
  {
    name: 'an unknown resource',
    ask: () => ['GET', '/apis/apps/v1/things'],
    status: 404,
    reason: 'NotFound',
    message: NOT_FOUND,
  },
  {
    name: 'a patch of nothing',
    ask: ({ maps }) => ['PATCH', `${maps}/x`, { body: {}, contentType: MERGE_PATCH }],
    status: 404,
    reason: 'NotFound',
    message: 'configmaps "x" not found',
  },
  {
    name: 'a deletion of nothing',
    ask: ({ maps }) => ['DELETE', `${maps}/x`],
    status: 404,
    reason: 'NotFound',
    message: 'configmaps "x" not found',
  },
  {
    name: 'a POST to an object',
    ask: ({ maps }) => ['POST', `${maps}/x`, map('x')],
    status: 405,
    reason: 'MethodNotAllowed',
    message: NOT_ALLOWED,
  },
  {
    name: 'a PATCH of a list',
    ask: ({ maps }) => ['PATCH', maps, { body: {}, contentType: MERGE_PATCH }],
    status: 405,
    reason: 'MethodNotAllowed',
    message: NOT_ALLOWED,
  },
  {
    name: 'a GET of an eviction',
    ask: ({ pods }) => ['GET', `${pods}/x/eviction`],
    status: 405,
    reason: 'MethodNotAllowed',
    message: NOT_ALLOWED,
  },
  {
    name: 'a form that is not served',
    ask: ({ maps }) => ['GET', maps, { accept: 'application/json;as=Nonsense;g=meta.k8s.io;v=v1' }],
    status: 406,
    reason: 'NotAcceptable',
    message:
      'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  },
  {
    name: 'creating twice',
    ask: ({ maps }) => ['POST', maps, map('taken')],
    status: 409,
    reason: 'AlreadyExists',
    message: 'configmaps "taken" already exists',
  },
  {
    name: 'a PUT of another version',
    ask: ({ maps }) => ['PUT', `${maps}/taken`, map('taken', { metadata: { name: 'taken', resourceVersion: '1' } })],
    status: 409,
    reason: 'Conflict',
    message:
      'Operation cannot be fulfilled on configmaps "taken": the object has been modified; please apply your changes to the latest version and try again',
  },
  {
    name: 'a merge patch of another version',
    ask: ({ maps }) => [
      'PATCH',
      `${maps}/taken`,
      { body: { metadata: { resourceVersion: '1' } }, contentType: MERGE_PATCH },
    ],
    status: 409,
    reason: 'Conflict',
    message:
      'Operation cannot be fulfilled on configmaps "taken": the object has been modified; please apply your changes to the latest version and try again',
  },
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
  {
    name: 'a field that cannot be selected by',
    ask: ({ maps }) => ['GET', `${maps}?fieldSelector=data.a%3D1`],
    status: 400,
    reason: 'BadRequest',
    message: '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
  },
  {
    name: 'a field of pods that cannot',
    ask: ({ pods }) => ['GET', `${pods}?fieldSelector=spec.priority%3D1`],
    status: 400,
    reason: 'BadRequest',
    message: 'field label not supported: spec.priority',
  },
  {
    name: 'a selector that is none',
    ask: ({ maps }) => ['GET', `${maps}?labelSelector=a%3Db%3Dc`],
    status: 400,
    reason: 'BadRequest',
    message: "found '=', expected: ',' or 'end of string'",
  },
  {
    name: 'a limit that is none',
    ask: ({ maps }) => ['GET', `${maps}?limit=abc`],
    status: 400,
    reason: 'BadRequest',
    message: 'strconv.ParseInt: parsing "abc": invalid syntax',
  },
  {
    name: 'a version that is none',
    ask: ({ maps }) => ['GET', `${maps}?resourceVersion=abc`],
    status: 400,
    reason: 'BadRequest',
    message:
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
  },
  {
    name: 'how to match no version',
    ask: ({ maps }) => ['GET', `${maps}?resourceVersionMatch=Exact`],
    status: 422,
    reason: 'Invalid',
    message:
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  },
  {
    name: 'first events at any version',
    ask: ({ maps }) => ['GET', `${maps}?watch=true&sendInitialEvents=true`],
    status: 422,
    reason: 'Invalid',
    message:
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
  },
  {
    name: 'a list as one object',
    ask: ({ maps }) => ['GET', maps, { accept: META.one }],
    status: 406,
    reason: 'NotAcceptable',
    message: 'you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)',
  },
]

/** A refusal is a Status in JSON whose code is the answer's, with the words that an operator finds on the web. */
export function testRefusals(stage: () => WireStage): void {
  test.each(REFUSED)('refused with its words: $name', async ({ ask, by, status, reason, message }) => {
    const [method, path, call] = ask(stage())
    const answer = await (by === 'limited' ? stage().limited : stage().admin).ask(method, path, call)
    const text = typeof message === 'string' ? message : message(stage())
    expect({ status: answer.status, type: answer.type, body: answer.body }).toMatchObject({
      status,
      type: 'application/json',
      body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: text, code: status },
    })
    expect(answer.body.reason).toBe(reason)
  })

  test('a group that is not served is no Status', async () => {
    const answer = await stage().admin.ask('GET', '/apis/nowhere.example.com/v1/things')
    expect([answer.status, answer.type, answer.text]).toEqual([
      404,
      'text/plain; charset=utf-8',
      '404 page not found\n',
    ])
  })

  test('what is invalid is told field by field', async () => {
    const { body } = await stage().admin.ask('POST', HOOKS, hook({ sideEffects: 'Some' }))
    expect(body.details).toEqual({
      name: 'wire-refused',
      group: 'admissionregistration.k8s.io',
      kind: 'MutatingWebhookConfiguration',
      causes: [
        {
          reason: 'FieldValueNotSupported',
          message: 'Unsupported value: "Some": supported values: "None", "NoneOnDryRun"',
          field: 'webhooks[0].sideEffects',
        },
      ],
    })
  })

  test('a deletion with a precondition names the kind', async () => {
    const { admin, maps } = stage()
    const { body } = await admin.ask('DELETE', `${maps}/taken`, { body: { preconditions: { uid: 'other' } } })
    expect(body).toMatchObject({ code: 409, reason: 'Conflict', details: { name: 'taken', kind: 'ConfigMap' } })
    expect(body.message).toMatch(
      /^Operation cannot be fulfilled on ConfigMap "taken": the UID in the precondition \(other\) does not match the UID in record \([-0-9a-f]{36}\)\. The object might have been deleted and then recreated$/,
    )
  })
}
