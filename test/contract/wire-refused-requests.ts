import { leases, map, type Refused } from './wire-refused.ts'
import { MERGE_PATCH, type WireStage } from './wire-stage.ts'

const mayNot = (what: string) => (stage: WireStage) => `${what} in the namespace "${stage.namespace}"`
const NOT_FOUND = 'the server could not find the requested resource'
const NOT_ALLOWED = 'the server does not allow this method on the requested resource'

/** Refused for who asks, what is asked for, or what is there. */
export const REFUSED_REQUESTS: readonly Refused[] = [
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
]
