import type { KubeObject } from './kube-object.ts'
import { isJsonObject, listAt, stringsAt, textAt, valueAt } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { matchesSelector } from './selectors.ts'
import type { StatusError } from './status-error.ts'
import { invalid } from './status-error.ts'

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/
const NAME_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const LABEL_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const LABEL_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const LABEL_NAME_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const CONFIG_MAP_BYTES = 1024 * 1024

/** Throws the 422 that the API server would give. Only rules that a client of this project could trip over. */
export function validate(kind: ResourceKind, object: KubeObject): void {
  const name = object.metadata.name
  const roleLike = kind.group === 'rbac.authorization.k8s.io'
  if (!roleLike && (!NAME.test(name) || name.length > 253)) {
    throw invalid(kind, name, 'metadata.name', `Invalid value: "${name}": ${NAME_RULE}`, 'FieldValueInvalid')
  }
  for (const [key, value] of Object.entries(object.metadata.labels ?? {})) validateLabel(kind, name, key, value)
  BY_KIND[kind.kind]?.(kind, object)
}

function validateLabel(kind: ResourceKind, name: string, key: string, value: string): void {
  const wrong = (text: string, why: string): StatusError =>
    invalid(kind, name, 'metadata.labels', `Invalid value: "${text}": ${why}`, 'FieldValueInvalid')
  if (!LABEL_NAME.test(key.slice(key.indexOf('/') + 1))) throw wrong(key, LABEL_NAME_RULE)
  if (value.length > 63) throw wrong(value, 'must be no more than 63 bytes')
  if (!LABEL_VALUE.test(value)) throw wrong(value, LABEL_RULE)
}

const BY_KIND: Readonly<Record<string, (kind: ResourceKind, object: KubeObject) => void>> = {
  Pod: (kind, object) => needs(kind, object, 'spec.containers', listAt(object, 'spec', 'containers').length > 0),
  ConfigMap: (kind, object) => {
    const bytes = Object.values(stringsAt(object, 'data')).reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    const binary = Object.values(stringsAt(object, 'binaryData')).reduce((sum, text) => sum + (text.length * 3) / 4, 0)
    if (bytes + binary <= CONFIG_MAP_BYTES) return
    throw invalid(kind, object.metadata.name, '[]', 'Too long: may not be more than 1048576 bytes', 'FieldValueTooLong')
  },
  Lease: (kind, object) => {
    const seconds = valueAt(object, 'spec', 'leaseDurationSeconds')
    if (seconds === undefined || Number(seconds) > 0) return
    const why = `Invalid value: ${Number(seconds)}: must be greater than 0`
    throw invalid(kind, object.metadata.name, 'spec.leaseDurationSeconds', why, 'FieldValueInvalid')
  },
  Deployment: selectorMatchesTemplate,
  StatefulSet: selectorMatchesTemplate,
  DaemonSet: selectorMatchesTemplate,
  MutatingWebhookConfiguration: validateWebhooks,
  ValidatingWebhookConfiguration: validateWebhooks,
}

function selectorMatchesTemplate(kind: ResourceKind, object: KubeObject): void {
  const selector = valueAt(object, 'spec', 'selector')
  needs(kind, object, 'spec.selector', isJsonObject(selector))
  const labels = stringsAt(object, 'spec', 'template', 'metadata', 'labels')
  if (matchesSelector(selector, labels)) return
  const why = `Invalid value: ${JSON.stringify(labels)}: \`selector\` does not match template \`labels\``
  throw invalid(kind, object.metadata.name, 'spec.template.metadata.labels', why, 'FieldValueInvalid')
}

function validateWebhooks(kind: ResourceKind, object: KubeObject): void {
  const seen = new Set<string>()
  for (const [index, entry] of listAt(object, 'webhooks').entries()) {
    const name = textAt(entry, 'name') ?? ''
    if (seen.has(name)) {
      const field = `webhooks[${index}].name`
      throw invalid(kind, object.metadata.name, field, `Duplicate value: "${name}"`, 'FieldValueDuplicate')
    }
    seen.add(name)
    validateEntry(kind, object, `webhooks[${index}]`, entry)
  }
}

function validateEntry(kind: ResourceKind, object: KubeObject, at: string, entry: unknown): void {
  const name = textAt(entry, 'name') ?? ''
  if (name.split('.').length < 3) {
    const why = `Invalid value: "${name}": should be a domain with at least three segments separated by dots`
    throw invalid(kind, object.metadata.name, `${at}.name`, why, 'FieldValueInvalid')
  }
  if (listAt(entry, 'admissionReviewVersions').length === 0) {
    const why = 'Required value: must specify one of v1, v1beta1'
    throw invalid(kind, object.metadata.name, `${at}.admissionReviewVersions`, why, 'FieldValueRequired')
  }
  oneOf(kind, object, `${at}.sideEffects`, valueAt(entry, 'sideEffects'), ['None', 'NoneOnDryRun'])
  oneOf(kind, object, `${at}.failurePolicy`, valueAt(entry, 'failurePolicy') ?? 'Fail', ['Fail', 'Ignore'])
}

function oneOf(kind: ResourceKind, object: KubeObject, field: string, value: unknown, allowed: readonly string[]) {
  if (value === undefined) {
    const why = `Required value: must specify one of ${allowed.join(', ')}`
    throw invalid(kind, object.metadata.name, field, why, 'FieldValueRequired')
  }
  if (typeof value === 'string' && allowed.includes(value)) return
  const supported = allowed.map((one) => `"${one}"`).join(', ')
  const why = `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`
  throw invalid(kind, object.metadata.name, field, why, 'FieldValueNotSupported')
}

function needs(kind: ResourceKind, object: KubeObject, field: string, present: boolean): void {
  if (!present) throw invalid(kind, object.metadata.name, field, 'Required value', 'FieldValueRequired')
}
