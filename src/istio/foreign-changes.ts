import type { FingerprintFields } from './fingerprint-fields.ts'
import { changedFields, unrecordedFields } from './fingerprint-fields.ts'
import type { Mesh } from './mesh.ts'
import type { KubeObject } from './objects.ts'
import { tagServiceName } from './tags.ts'

/** What somebody changed: `Kind name` of the objects, the fields by their fingerprint names, and the last of the writers. */
export type ForeignChange = {
  readonly objects: readonly string[]
  readonly fields: readonly string[]
  readonly writer: string
}

/** istiod keeps the caBundles of its injectors and validators up to date (and a validator's failurePolicy), and writes nothing else. */
const ISTIOD = 'pilot-discovery'
/** Who writes while a step of ours runs: we, the istioctl that we started, and the istiod that it started. */
const OURS: readonly string[] = ['meshferry', 'istio-operator', ISTIOD]

/**
 * What somebody else changed between two readings of fingerprint fields with no step of ours between them; null when nothing
 * that counts. A caBundle that istiod wrote is its own upkeep (the proofs tell whether it works), and where a Service leads
 * follows from objects that are looked at themselves. A field that `before` was kept without is none.
 */
export function foreignChange(mesh: Mesh, before: FingerprintFields, after: FingerprintFields): ForeignChange | null {
  const unrecorded = unrecordedFields(before, after)
  const fields = changedFields(before, after).filter(
    (field) => isWritten(field) && !unrecorded.includes(field) && !isUpkeep(mesh, field),
  )
  if (fields.length === 0) return null
  const writers = fields.map((field) => newestWrite(mesh, field)).sort((x, y) => (x.time < y.time ? 1 : -1))
  return {
    objects: [...new Set(fields.map((field) => objectText(mesh, field)))],
    fields,
    writer: writers[0]?.manager ?? '',
  }
}

/**
 * The fields to compare with from now on, after a step of ours: as they are, but for objects that somebody else wrote last.
 * Those stay as they were, so that the difference is seen. What is gone was removed by the step.
 */
export function settledAfterStep(mesh: Mesh, before: FingerprintFields, after: FingerprintFields): FingerprintFields {
  const foreign = changedFields(before, after).filter((field) => {
    return objectOf(mesh, field) !== null && !lastWriters(mesh, field).some((writer) => OURS.includes(writer))
  })
  const kept = foreign.flatMap((field): readonly (readonly [string, string])[] => {
    const value = before[field]
    return value === undefined ? [] : [[field, value]]
  })
  const taken = Object.entries(after).filter(([field]) => !foreign.includes(field))
  return Object.fromEntries([...taken, ...kept])
}

/** Not what is derived from other objects: where an entry, a validator or a tag's Service leads. */
function isWritten(field: string): boolean {
  if (field.startsWith('validator/')) return field.endsWith('/service')
  if (field.startsWith('tag/')) return field.endsWith('/selector')
  return !field.endsWith('/target')
}

function isUpkeep(mesh: Mesh, field: string): boolean {
  return isCaBundle(field) && lastWriters(mesh, field).includes(ISTIOD)
}

function isCaBundle(field: string): boolean {
  return field.endsWith('/caBundle')
}

/** The object that a field is read from; null when it is gone, or the field belongs to none. */
function objectOf(mesh: Mesh, field: string): KubeObject | null {
  const [kind, name = '', third = ''] = field.split('/')
  if (kind === 'injector') return mesh.mutatingWebhooks.find(({ metadata }) => metadata.name === name) ?? null
  if (kind === 'validator') return mesh.validatingWebhooks.find(({ metadata }) => metadata.name === name) ?? null
  if (kind === 'tag') return serviceOfTag(mesh, name)
  return kind === 'istiod' ? objectOfIstiod(mesh, name, third, lastPart(field)) : null
}

function serviceOfTag(mesh: Mesh, tag: string): KubeObject | null {
  const name = tagServiceName(tag)
  return (
    mesh.services.find(({ metadata }) => metadata.name === name && metadata.namespace === mesh.istioNamespace) ?? null
  )
}

/** Its mesh config and its injection templates are ConfigMaps of their own; the rest is in the Deployment. */
function objectOfIstiod(mesh: Mesh, namespace: string, deployment: string, part: string): KubeObject | null {
  const suffix = deployment.slice('istiod'.length)
  const configMap = { meshConfig: `istio${suffix}`, templates: `istio-sidecar-injector${suffix}` }[part]
  const all: readonly KubeObject[] = configMap === undefined ? mesh.workloads : mesh.configMaps
  const name = configMap ?? deployment
  return all.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace) ?? null
}

function objectText(mesh: Mesh, field: string): string {
  const [kind, name = '', third = ''] = field.split('/')
  if (kind === 'injector') return `MutatingWebhookConfiguration ${name}`
  if (kind === 'validator') return `ValidatingWebhookConfiguration ${name}`
  if (kind === 'tag') return `Service ${mesh.istioNamespace}/${tagServiceName(name)}`
  return kind === 'istiod' ? `istiod ${name}/${third}` : field
}

function lastPart(field: string): string {
  return field.slice(field.lastIndexOf('/') + 1)
}

type Write = { readonly manager: string; readonly time: string }

function newestWrite(mesh: Mesh, field: string): Write {
  const last = newestOf(writesOf(mesh, field))
  // Times are whole seconds: among equals whoever is not one of us is the one to name.
  return last.find(({ manager }) => !OURS.includes(manager)) ?? last[0] ?? { manager: '', time: '' }
}

/** Everybody who wrote in the last second in which anybody did. */
function lastWriters(mesh: Mesh, field: string): readonly string[] {
  return newestOf(writesOf(mesh, field)).map(({ manager }) => manager)
}

function newestOf(writes: readonly Write[]): readonly Write[] {
  const newest = writes.reduce((last, { time }) => (time > last ? time : last), '')
  return writes.filter(({ time }) => time === newest)
}

/** istiod writes a moment after whoever put an object back (its caBundle, failurePolicy): not what it never writes. */
function writesOf(mesh: Mesh, field: string): readonly Write[] {
  const writes = (objectOf(mesh, field)?.metadata.managedFields ?? [])
    .filter(({ subresource }) => subresource !== 'status')
    .map(({ manager = '', time = '' }) => ({ manager, time }))
  const others = writes.filter(({ manager }) => manager !== ISTIOD)
  return isCaBundle(field) || others.length === 0 ? writes : others
}
