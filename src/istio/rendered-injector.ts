import type { Facts, Refusal } from '../kernel/errors.ts'
import { injectorObjectName, INJECTOR_SUFFIX } from './injectors.ts'
import type { KubeObject } from './objects.ts'
import type { InstallTarget } from './operator-file.ts'
import { listAt, textAt } from './plain-data.ts'
import { DEFAULT_REVISION, istiodNameOf } from './revision-names.ts'
import { eraOf, parseVersion } from './versions.ts'

/**
 * Whether the injector that would be installed has the shape that the switch knows (facts from the charts of each version):
 * the revision's own object with exactly its entries, each calling the revision's Service in Istio's namespace, failing
 * closed. RENDERED_NO_INJECTOR, or RENDERED_INJECTOR_DIFFERS for each difference. A version newer than all known is held
 * against the newest known.
 */
export function injectorRefusals(
  objects: readonly KubeObject[],
  target: InstallTarget,
  istioNamespace: string,
): readonly Refusal[] {
  const injectors = objects.filter(({ kind }) => kind === 'MutatingWebhookConfiguration')
  const name = injectorObjectName(target.revision, istioNamespace)
  const own = injectors.find(({ metadata }) => metadata.name === name)
  if (own === undefined) return [{ code: 'RENDERED_NO_INJECTOR', facts: { object: name } }]
  // A tag's object is refused as something that would be overwritten.
  const more = injectors.filter(
    ({ metadata }) => metadata.name !== name && metadata.labels?.['istio.io/tag'] === undefined,
  )
  const entries = listAt(own, 'webhooks')
  return [
    ...more.map(({ metadata }) =>
      difference({ object: metadata.name, field: 'metadata.name', expected: name, found: metadata.name }),
    ),
    ...nameRefusals(name, entries, target),
    ...entries.flatMap((entry) => entryRefusals(name, entry, target, istioNamespace)),
  ]
}

/** What a namespaced object outside of Istio's namespace is: another control plane, or something that nobody asked for. */
export function elsewhereRefusals(
  objects: readonly KubeObject[],
  istioNamespace: string,
  rootNamespace: string,
): readonly Refusal[] {
  const outside = objects.filter(({ apiVersion, metadata: { namespace } }) => {
    if (namespace === undefined || namespace === '' || namespace === istioNamespace) return false
    // Telemetry's EnvoyFilters (charts until 1.2x) follow meshConfig.rootNamespace.
    return !(isConfig(apiVersion) && namespace === rootNamespace)
  })
  if (outside.length === 0) return []
  const names = outside.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)
  return [{ code: 'RENDERED_ELSEWHERE', facts: { objects: names, expected: istioNamespace } }]
}

function isConfig(apiVersion: string): boolean {
  return /^(networking|telemetry|security|extensions)\.istio\.io\//.test(apiVersion)
}

function nameRefusals(object: string, entries: readonly unknown[], target: InstallTarget): readonly Refusal[] {
  const found = entries.map((entry) => textAt(entry, 'name') ?? '').join(' ')
  const known = knownEntries(target).map((prefixes) =>
    prefixes.map((prefix) => `${prefix}${INJECTOR_SUFFIX}`).join(' '),
  )
  const [expected = ''] = known
  return known.includes(found) ? [] : [difference({ object, field: 'webhooks', expected, found: found || 'none' })]
}

const OWN = ['rev.namespace.', 'rev.object.']
const DEFAULTS = ['namespace.', 'object.']

/** Prefixes of the entries' names, in each layout that a version can render; the usual one first. */
function knownEntries({ revision, version }: InstallTarget): readonly (readonly string[])[] {
  const parsed = parseVersion(version)
  // Without legacy selectors 1.9 renders two entries.
  if (parsed !== null && eraOf(parsed) === 'one-entry') return parsed.minor === 9 ? [[''], DEFAULTS] : [['']]
  if (revision !== DEFAULT_REVISION) return [OWN]
  return [
    [...OWN, ...DEFAULTS],
    [...OWN, ...DEFAULTS, 'auto.'],
  ]
}

/** `/inject`, or with pairs of names and values that istiod reads from it (`/inject/cluster/c/net/n`). */
const PATH = /^\/inject(\/[^/]+\/[^/]+)*$/

function entryRefusals(
  object: string,
  entry: unknown,
  { revision }: InstallTarget,
  istioNamespace: string,
): readonly Refusal[] {
  const at = `webhooks[${textAt(entry, 'name') ?? ''}]`
  const service = (field: string): string | null => textAt(entry, 'clientConfig', 'service', field)
  const expected = `${istioNamespace}/${istiodNameOf(revision)}`
  const called = service('name') === null ? '' : `${service('namespace') ?? ''}/${service('name')}`
  const found = textAt(entry, 'clientConfig', 'url') ?? called
  const path = service('path') ?? ''
  const policy = textAt(entry, 'failurePolicy') ?? ''
  const wrong = [
    { field: `${at}.clientConfig`, expected, found, right: found === expected },
    { field: `${at}.clientConfig.service.path`, expected: '/inject', found: path, right: !called || PATH.test(path) },
    { field: `${at}.failurePolicy`, expected: 'Fail', found: policy, right: policy === 'Fail' },
  ].filter(({ right }) => !right)
  return wrong.map(({ right: _, ...facts }) => difference({ object, ...facts, found: facts.found || 'none' }))
}

function difference(facts: Facts): Refusal {
  return { code: 'RENDERED_INJECTOR_DIFFERS', facts }
}
