import type { ClusterSettings } from '../config/settings.ts'
import { EVERYTHING } from '../flows/istioctl-rights.ts'
import { CodedError } from '../kernel/errors.ts'
import type { AccessRight, Istioctl } from '../ports/cluster.ts'
import type { Check } from './doctor.ts'
import { neededRights, restartRights, type Right } from './needed-rights.ts'

/** What the checks of one cluster ask; the composer gives the real ones. Each throws a CodedError when the answer is no. */
export type ClusterParts = {
  readonly settings: ClusterSettings
  readonly namespace: string
  /** The API server's version. */
  readonly version: () => Promise<string>
  readonly mayI: (right: AccessRight) => Promise<boolean>
  readonly istioctl: Pick<Istioctl, 'check' | 'versions'>
  /** Our namespace is there, and no injector or fail-closed webhook of the mesh takes our pods. */
  readonly ownPlace: () => Promise<void>
  /** The operator file, where one is named. */
  readonly operatorFile: () => Promise<void>
}

/** In the order in which one needs the other: without the API server nothing else of the cluster is asked. */
export function clusterChecks(parts: ClusterParts): readonly Check[] {
  const { name, istioNamespace } = parts.settings
  const places = { namespace: parts.namespace, istioNamespace }
  return [
    { about: `${name} api`, run: parts.version, first: true },
    { about: `${name} rights`, run: () => checkRights(parts, neededRights(places)) },
    { about: `${name} install rights`, run: () => checkInstallRights(parts) },
    ...(parts.settings.restarts === 'owners'
      ? [{ about: `${name} restart rights`, run: () => checkRights(parts, restartRights()) }]
      : []),
    { about: `${name} namespace`, run: () => parts.ownPlace().then(() => parts.namespace) },
    { about: `${name} operatorFile`, run: () => parts.operatorFile().then(() => parts.settings.operatorFile ?? '-') },
    ...istioctlChecks(parts),
  ]
}

/** All that is missing at once, so that one change of a role mends it. */
async function checkRights(parts: ClusterParts, needed: readonly Right[]): Promise<string | readonly CodedError[]> {
  const held = await Promise.all(needed.map((right) => parts.mayI(right)))
  const missing = needed.filter((_right, i) => !held[i])
  return missing.length === 0 ? `${needed.length}` : missing.map(forbidden)
}

/**
 * They come and go with an install, so that neither is wrong. Held, they hide what else is missing: the API server says yes
 * to everything.
 */
async function checkInstallRights({ mayI }: ClusterParts): Promise<{ readonly warning: CodedError }> {
  return { warning: new CodedError((await mayI(EVERYTHING)) ? 'INSTALL_RIGHTS_HELD' : 'INSTALL_RIGHTS_AWAY') }
}

function forbidden({ verb, group, resource, namespace, why }: Right): CodedError {
  const named = group === '' ? resource : `${resource}.${group}`
  const where = namespace === undefined ? {} : { namespace }
  return new CodedError('CLUSTER_FORBIDDEN', { verb, resource: named, ...where, message: why })
}

function istioctlChecks({ settings, istioctl }: ClusterParts): readonly Check[] {
  const about = `${settings.name} istioctl`
  const versions = istioctl.versions()
  if (versions.length === 0) return [{ about, run: () => Promise.reject(unpinned(settings)) }]
  return versions.map((version) => ({ about, run: async () => (await istioctl.check(version)).path }))
}

function unpinned(settings: ClusterSettings): CodedError {
  const setting = `clusters.${settings.name}.istioctl.sha256`
  return new CodedError('CONFIG_REQUIRED', { path: setting })
}
