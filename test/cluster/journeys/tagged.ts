import { installByIstioctl, setTag } from '../harness/installs.ts'
import type { Mesh } from '../harness/mesh.ts'
import type { Tenant } from '../harness/tenants.ts'
import { deployTenants } from '../harness/tenants.ts'

/** For a stage's `prepare`: Istio 1.30.0 as istioctl installs it, the tag prod-stable on it, and these tenants' pods running. */
export function tagged(all: readonly Tenant[]): (mesh: Mesh) => Promise<void> {
  return async (mesh) => {
    await installByIstioctl(mesh, '1.30.0')
    await setTag(mesh, '1.30.0', 'prod-stable', 'default')
    await deployTenants(mesh, all)
  }
}
