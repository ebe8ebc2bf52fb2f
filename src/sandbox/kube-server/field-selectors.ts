import type { KubeObject } from './kube-object.ts'
import { isJsonObject } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { badRequest } from './status-error.ts'

const EVERY_KIND = ['metadata.name', 'metadata.namespace']

/** What a kind's field selectors may name besides name and namespace. Rule: Kubernetes 1.34, AddFieldLabelConversionFunc. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  ReplicaSet: ['status.replicas'],
  ReplicationController: ['status.replicas'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  Job: ['status.successful'],
}

/** The function that a `fieldSelector` query of a kind stands for; throws the 400 of a field that can't be asked for. */
export function parseFieldSelector(kind: ResourceKind, text: string): (object: KubeObject) => boolean {
  const terms = text.split(',').filter((term) => term !== '')
  const checks = terms.map((term) => {
    const match = /^([\w.]+?)(!=|==|=)(.*)$/.exec(term)
    if (!match) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`)
    const [, path = '', operator, wanted = ''] = match
    checkField(kind.kind, path)
    return (object: KubeObject) => (fieldText(object, path) === wanted) !== (operator === '!=')
  })
  return (object) => checks.every((check) => check(object))
}

function checkField(kind: string, path: string): void {
  const own = FIELDS[kind]
  if (EVERY_KIND.includes(path) || own?.includes(path)) return
  const known = EVERY_KIND.map((field) => `"${field}"`).join(', ')
  if (own === undefined) throw badRequest(`"${path}" is not a known field selector: only ${known}`)
  throw badRequest(`field label not supported: ${path}`)
}

function fieldText(object: KubeObject, path: string): string {
  let current: unknown = object
  for (const key of path.split('.')) current = isJsonObject(current) ? current[key] : undefined
  return ['string', 'number', 'boolean'].includes(typeof current) ? `${current as string | number | boolean}` : ''
}
