import type { Refusal } from '../kernel/errors.ts'
import type { Mesh } from './mesh.ts'
import { parseVersion } from './versions.ts'

/**
 * Whether `istioctl install --revision NEW` would make NEW the default by itself. 1.12–1.23 do it where no injector object
 * exists; 1.27 and later (Istio #56004) where no default *tag* exists, also when a Helm-made control plane serves
 * istio-injection=enabled. INSTALL_WOULD_FLIP_DEFAULT then; adopting the default as a tag first prevents it.
 */
export function installFlipsDefault(mesh: Mesh, version: string): Refusal | null {
  const istioctl = parseVersion(version)
  if (istioctl === null) return { code: 'VERSION_UNREADABLE', facts: { version } }
  const injectors = mesh.mutatingWebhooks.filter(({ metadata }) => metadata.labels?.['app'] === 'sidecar-injector')
  const tagged = injectors.some(({ metadata }) => metadata.labels?.['istio.io/tag'] === 'default')
  const { minor } = istioctl
  const flips = (minor >= 12 && minor <= 23 && injectors.length === 0) || (minor >= 27 && !tagged)
  return flips ? { code: 'INSTALL_WOULD_FLIP_DEFAULT', facts: { version } } : null
}
