import type { Refusal } from '../kernel/errors.ts'
import { cniOf } from './mesh-parts.ts'
import type { Mesh } from './mesh.ts'
import { namespaceClassesOf } from './namespace-classes.ts'
import { objectName } from './owners.ts'
import type { Side, SupportOptions } from './refusals.ts'
import { validatorsOf } from './validators.ts'
import { versionWarnings } from './version-refusals.ts'

/**
 * What is allowed and must be said on the card: KUBERNETES_UNTESTED, ISTIO_MINOR_UNKNOWN, HOP_LONG_BY_POLICY; CNI_STAYS (who
 * upgrades istio-cni, and when); VALIDATOR_BROKEN for one that leads nowhere already, which no step moves; REVISION_WITHOUT_INJECTOR for namespaces that name a revision or tag which nobody injects.
 */
export function warningsHere(mesh: Mesh, from: Side, to: Side, options: SupportOptions = {}): readonly Refusal[] {
  const cni = cniOf(mesh).map(objectName)
  const orphaned = namespaceClassesOf(mesh).filter(
    ({ name, injection }) => name.startsWith('revision:') && injection.kind === 'none' && injection.why === 'no-match',
  )
  return [
    ...versionWarnings(from.version, to.version, mesh.kubernetesVersion, options.longHop === true),
    ...(cni.length === 0 ? [] : [{ code: 'CNI_STAYS', facts: { objects: cni } }]),
    ...brokenValidators(mesh),
    ...orphaned.map(({ name, namespaces }) => ({
      code: 'REVISION_WITHOUT_INJECTOR',
      facts: { revision: name.slice('revision:'.length), namespaces: namespaces.slice(0, 5) },
    })),
  ]
}

/** Its Service is gone, or no istiod stands behind it: config is refused or goes unchecked, before and after. */
function brokenValidators(mesh: Mesh): readonly Refusal[] {
  return validatorsOf(mesh).flatMap(({ name, entries }) => {
    const broken = entries.flatMap(({ target, service }) => {
      const nowhere = target.kind === 'missing' || (target.kind === 'unknown' && target.why === 'no-control-plane')
      return nowhere && service !== null ? [service] : []
    })
    const services = [...new Set(broken)]
    return services.length === 0 ? [] : [{ code: 'VALIDATOR_BROKEN', facts: { object: name, services } }]
  })
}
