import { mustSucceed } from '../harness/installs.ts'
import type { Mesh } from '../harness/mesh.ts'
import type { Tenant } from '../harness/tenants.ts'
import { sidecarsOf } from '../harness/tenants.ts'

const ROLLED_OUT = ['Deployment', 'StatefulSet', 'DaemonSet']
/** One pod after the other, each through the real controllers and the webhook. */
const ROLLOUT_MS = 90_000

/** As the teams do it: restarts each of their workloads by kubectl, and waits until no pod with a sidecar has the given one. */
export async function redeployAll(mesh: Mesh, all: readonly Tenant[], until: string): Promise<void> {
  const workloads = all.flatMap(({ namespace, workloads: own }) => own.map((one) => ({ namespace, ...one })))
  for (const { namespace, name, kind } of workloads) {
    if (!ROLLED_OUT.includes(kind)) continue
    const args = ['rollout', 'restart', `${kind.toLowerCase()}/${name}`, '-n', namespace]
    mustSucceed(await mesh.kubectl(args), `kubectl ${args.join(' ')}`)
  }
  try {
    const moved = async (): Promise<boolean> => (await leftOn(mesh, all, until)).length === 0
    await mesh.waitFor(`all tenants' pods to have a sidecar of ${until}`, moved, ROLLOUT_MS)
  } catch (error) {
    throw new Error(`left: ${(await leftOn(mesh, all, until)).join(', ')}`, { cause: error })
  }
}

/** `namespace/pod REVISION` of the pods with a sidecar of another revision. */
async function leftOn(mesh: Mesh, all: readonly Tenant[], until: string): Promise<readonly string[]> {
  const found = await Promise.all(all.map(({ namespace }) => sidecarsOf(mesh, namespace)))
  return found
    .flatMap((sidecars) => Object.entries(sidecars))
    .flatMap(([pod, revision]) => (revision === 'none' || revision === until ? [] : [`${pod} ${revision}`]))
}
