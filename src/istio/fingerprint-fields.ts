import { canonicalJson, sha256 } from '../kernel/hash.ts'
import { controlPlanesOf } from './control-planes.ts'
import type { ControlPlane } from './control-planes.ts'
import type { Injector } from './injectors.ts'
import { injectorsOf } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import type { ConfigMap } from './objects.ts'
import { targetText } from './service-target.ts'
import type { Tag } from './tags.ts'
import { tagsOf } from './tags.ts'
import type { Validator } from './validators.ts'
import { validatorsOf } from './validators.ts'

/**
 * What a decision rests on, as flat text by name, so that a change can be named: `injector/NAME/ENTRY/service`. Hash it for
 * the fingerprint, compare two with `changedFields`.
 */
export type FingerprintFields = Readonly<Record<string, string>>

/**
 * The fields of the mesh that install and switch rest on: selectors, Services and where they lead, caBundle content, revisions,
 * tags, images, mesh config, injection templates. Not in it, because it is noise: resourceVersions, managedFields, added
 * labels, how a caBundle or YAML is written, counts of pods, replicas and endpoints, times.
 */
export function fingerprintFields(mesh: Mesh): FingerprintFields {
  const fields = [
    ['istioNamespace', mesh.istioNamespace],
    ...injectorsOf(mesh).flatMap(injectorFields),
    ...tagsOf(mesh).flatMap(tagFields),
    ...validatorsOf(mesh).flatMap(validatorFields),
    ...controlPlanesOf(mesh).flatMap((plane) => planeFields(mesh, plane)),
  ]
  return Object.fromEntries(fields)
}

/**
 * Fields that nobody looked at yet when `before` was kept, by an earlier version of this program: its object was seen then,
 * the field was not. They say nothing of a change.
 */
export function unrecordedFields(before: FingerprintFields, after: FingerprintFields): readonly string[] {
  return Object.keys(after).filter((name) => before[name] === undefined && seenBesides(before, name))
}

function seenBesides(before: FingerprintFields, name: string): boolean {
  const [kind, object = ''] = name.split('/')
  if (kind === 'tag') return name.endsWith('/selector') && before[`tag/${object}/service`] !== undefined
  return kind === 'validator' && name.endsWith('/service') && before[name.slice(0, -'/service'.length)] !== undefined
}

/** The names of the fields that differ between two readings, sorted. */
export function changedFields(before: FingerprintFields, after: FingerprintFields): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => before[name] !== after[name]).sort()
}

function injectorFields(injector: Injector): readonly (readonly [string, string])[] {
  const object = `injector/${injector.name}`
  const own: readonly (readonly [string, string])[] = [
    [`${object}/revision`, injector.labelledRevision ?? 'none'],
    [`${object}/tag`, injector.tag ?? 'none'],
  ]
  const entries = injector.entries.flatMap((entry): readonly (readonly [string, string])[] => {
    const at = `${object}/${entry.name}`
    return [
      [`${at}/service`, entry.service ?? entry.url ?? ''],
      [`${at}/target`, targetText(entry.target)],
      [`${at}/path`, entry.path ?? ''],
      [`${at}/caBundle`, entry.caBundleHash ?? 'none'],
      [`${at}/selectors`, sha256(canonicalJson([entry.namespaceSelector, entry.objectSelector]))],
    ]
  })
  return [...own, ...entries]
}

/** Where its own Service leads, and by which selector: that is written in the Service, the rest follows. */
function tagFields({ tag, service }: Tag): readonly (readonly [string, string])[] {
  return [
    [`tag/${tag}/service`, service === null ? 'none' : targetText(service.target)],
    [`tag/${tag}/selector`, service === null ? 'none' : canonicalJson(service.selector)],
  ]
}

function validatorFields({ name, entries }: Validator): readonly (readonly [string, string])[] {
  return entries.flatMap((entry): readonly (readonly [string, string])[] => [
    [`validator/${name}/${entry.name}`, targetText(entry.target)],
    [`validator/${name}/${entry.name}/service`, entry.service ?? entry.url ?? ''],
  ])
}

function planeFields(mesh: Mesh, plane: ControlPlane): readonly (readonly [string, string])[] {
  const at = `istiod/${plane.namespace}/${plane.deployment.metadata.name}`
  const suffix = plane.meshConfigMap.slice('istio'.length)
  const templates = mesh.configMaps.find(
    ({ metadata }) =>
      metadata.name === `istio-sidecar-injector${suffix}` && (metadata.namespace ?? '') === plane.namespace,
  )
  return [
    [`${at}/revision`, plane.revision],
    [`${at}/image`, plane.image],
    [`${at}/meshConfig`, plane.meshConfig === null ? 'none' : sha256(canonicalJson(plane.meshConfig))],
    [`${at}/templates`, templatesHash(templates)],
  ]
}

function templatesHash(templates: ConfigMap | undefined): string {
  return templates === undefined ? 'none' : sha256(canonicalJson(templates.data ?? {}))
}
