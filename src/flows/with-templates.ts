import type { Mesh } from '../istio/mesh.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * The mesh with the template of everything that may make a pod as it is now, of every kind that the cluster serves; a kind that can't
 * be read is among its unreadable parts. For judging whether anything still leads to a control plane: too dear for a proof.
 */
export async function withTemplates({ cluster }: WorkerContext, mesh: Mesh): Promise<Mesh> {
  const [rollouts, others] = await Promise.all([cluster.readRollouts(), cluster.readTemplates()])
  const isIstios = ({ metadata }: KubeObject): boolean => metadata.namespace === mesh.istioNamespace
  const elsewhere = [...rollouts, ...others.workloads].filter((one) => !isIstios(one))
  return {
    ...mesh,
    workloads: [...mesh.workloads.filter(isIstios), ...elsewhere],
    unreadable: [...mesh.unreadable, ...others.unreadable],
  }
}
