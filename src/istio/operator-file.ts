import type { Facts, Refusal } from '../kernel/errors.ts'
import { parseDocuments } from './manifest-documents.ts'
import type { PlainObject } from './plain-data.ts'
import { isPlainObject, listAt, scalarAt, textAt, valueAt } from './plain-data.ts'
import { sameBuild } from './versions.ts'

/** What is to be installed from the file. */
export type InstallTarget = { readonly revision: string; readonly version: string }

/** Profiles that bring the control plane alone, given that no gateway is turned on in the file. */
const CONTROL_PLANE_PROFILES = ['minimal', 'empty', 'stable']

/** Profiles with an ingress gateway that the file must turn off. */
const GATEWAY_PROFILES = ['default', 'demo', 'openshift', 'preview']

/**
 * Checks the IstioOperator file: control plane only, for exactly this target. All refusals at once. Codes OPERATOR_FILE_…:
 * UNREADABLE, NOT_ISTIO_OPERATOR, MANY_DOCUMENTS, NAMELESS, GATEWAYS, PROFILE, SINGLETON (cni, ztunnel), REVISION, TAG,
 * DEFAULT_REVISION (it would move validation at install), REVISION_TAGS (it would move tags at install), REMOTE.
 */
export function checkOperatorFile(yaml: string, target: InstallTarget, istioNamespace: string): readonly Refusal[] {
  const parsed = parseDocuments(yaml)
  if (!parsed.ok) return [refusal('UNREADABLE', parsed.refusal.facts)]
  const [document, ...more] = parsed.value
  if (more.length > 0) return [refusal('MANY_DOCUMENTS', { documents: more.length + 1 })]
  if (!isPlainObject(document) || document['kind'] !== 'IstioOperator') return [refusal('NOT_ISTIO_OPERATOR', {})]
  return [
    ...nameRefusals(document, istioNamespace),
    ...gatewayRefusals(document),
    ...singletonRefusals(document),
    ...revisionRefusals(document, target),
    ...pinRefusals(document, target),
    ...remoteRefusals(document),
  ]
}

/** Without a name, an `uninstall -f` of this file by hand removes every revision (1.24 and later). */
function nameRefusals(document: PlainObject, istioNamespace: string): readonly Refusal[] {
  const name = textAt(document, 'metadata', 'name') ?? ''
  const namespace =
    textAt(document, 'metadata', 'namespace') ?? textAt(document, 'spec', 'values', 'global', 'istioNamespace')
  const nameless = name === '' ? [refusal('NAMELESS', {})] : []
  const elsewhere = namespace !== null && namespace !== istioNamespace
  return elsewhere ? [...nameless, refusal('NAMESPACE', { namespace, expected: istioNamespace })] : nameless
}

/** A gateway in the file is replaced at once, whatever the revision (Istio #26019). */
function gatewayRefusals(document: PlainObject): readonly Refusal[] {
  const profile = textAt(document, 'spec', 'profile') ?? 'default'
  const gateways = ['ingressGateways', 'egressGateways'].flatMap((kind) => listAt(document, 'spec', 'components', kind))
  const enabled = gateways.filter((gateway) => valueAt(gateway, 'enabled') !== false)
  if (enabled.length > 0) {
    return [
      refusal('GATEWAYS', { gateways: enabled.map((gateway) => textAt(gateway, 'name') ?? 'istio-ingressgateway') }),
    ]
  }
  if (CONTROL_PLANE_PROFILES.includes(profile)) return []
  const off = gateways.some((gateway) => (textAt(gateway, 'name') ?? 'istio-ingressgateway') === 'istio-ingressgateway')
  return GATEWAY_PROFILES.includes(profile) && off ? [] : [refusal('PROFILE', { profile })]
}

/** CNI and ztunnel exist once per cluster and have no canary. */
function singletonRefusals(document: PlainObject): readonly Refusal[] {
  const components = ['cni', 'ztunnel'].filter(
    (name) => valueAt(document, 'spec', 'components', name, 'enabled') === true,
  )
  return components.map((component) => refusal('SINGLETON', { component }))
}

function revisionRefusals(document: PlainObject, { revision }: InstallTarget): readonly Refusal[] {
  const places = [textAt(document, 'spec', 'revision'), textAt(document, 'spec', 'values', 'revision')]
  const other = places.find((found) => found !== null && found !== '' && found !== revision)
  const byDefault = textAt(document, 'spec', 'values', 'defaultRevision') ?? ''
  const tags = listAt(document, 'spec', 'values', 'revisionTags')
  return [
    ...(other === undefined || other === null ? [] : [refusal('REVISION', { revision: other, expected: revision })]),
    ...(byDefault === '' ? [] : [refusal('DEFAULT_REVISION', { revision: byDefault })]),
    ...(tags.length === 0 ? [] : [refusal('REVISION_TAGS', { tags: tags.map((tag) => JSON.stringify(tag)) })]),
  ]
}

/** A pinned tag beats the binary's own version. Hubs are compared in what is rendered. */
function pinRefusals(document: PlainObject, { version }: InstallTarget): readonly Refusal[] {
  const paths = [
    ['spec', 'tag'],
    ['spec', 'components', 'pilot', 'tag'],
    ['spec', 'values', 'global', 'tag'],
    ['spec', 'values', 'pilot', 'tag'],
  ]
  return paths.flatMap((path) => {
    const tag = scalarAt(document, ...path) ?? ''
    return tag === '' || sameBuild(tag, version) ? [] : [refusal('TAG', { field: path.join('.'), tag, version })]
  })
}

/** Remote and external control planes aren't supported by this version. */
function remoteRefusals(document: PlainObject): readonly Refusal[] {
  const flags = [
    ['spec', 'values', 'istiodRemote', 'enabled'],
    ['spec', 'values', 'global', 'externalIstiod'],
  ]
  const set = flags.filter((path) => valueAt(document, ...path) === true).map((path) => path.join('.'))
  const profile = textAt(document, 'spec', 'profile')
  const fields = profile === 'remote' || profile === 'external' ? [...set, 'spec.profile'] : set
  return fields.length === 0 ? [] : [refusal('REMOTE', { fields })]
}

function refusal(what: string, facts: Facts): Refusal {
  return { code: `OPERATOR_FILE_${what}`, facts }
}
