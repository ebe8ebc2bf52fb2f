import type { ObjectMeta, PodSpec, Workload } from '../istio/objects.ts'
import type { KubeHttp } from './kube-http.ts'
import { listAll } from './list-pages.ts'
import { firstServed } from './read-parts.ts'
import { readWorkloads } from './read-tenants.ts'

/** ReplicaSets and Jobs by metadata alone: they stand between a pod and what people redeploy. */
export async function readPodOwners(http: KubeHttp): Promise<readonly ObjectMeta[]> {
  const list = (path: string) =>
    firstServed([() => listAll(http, path, ({ metadata }) => ownersOnly(metadata), { metadataOnly: true })])
  const lists = await Promise.all([list('/apis/apps/v1/replicasets'), list('/apis/batch/v1/jobs')])
  return lists.flatMap((one) => one ?? [])
}

/** When a ReplicaSet was made is when its workload was redeployed. */
function ownersOnly({ name, uid, ownerReferences, creationTimestamp }: ObjectMeta): ObjectMeta {
  return {
    name,
    ...(uid ? { uid } : {}),
    ...(ownerReferences ? { ownerReferences } : {}),
    ...(creationTimestamp ? { creationTimestamp } : {}),
  }
}

/** Workloads with what of their template and rollout says why their pods keep a sidecar: no containers but a sidecar of their own. */
export async function readRollouts(http: KubeHttp): Promise<readonly Workload[]> {
  const workloads = await readWorkloads(http, '')
  return workloads.map((one) => ({ ...one, template: { ...one.template, spec: slimSpec(one.template.spec) } }))
}

function slimSpec({ containers, initContainers, hostNetwork }: PodSpec): PodSpec {
  const all = [...(containers ?? []), ...(initContainers ?? [])]
  const sidecars = all.filter(({ name }) => name === 'istio-proxy')
  return {
    containers: sidecars.map(({ name, image }) => ({ name, ...(image ? { image } : {}) })),
    ...(hostNetwork ? { hostNetwork } : {}),
  }
}

/** What a pod answers on a port, as text, through the API server's proxy. */
export async function readPodText(
  http: KubeHttp,
  pod: { readonly namespace: string; readonly name: string; readonly port: number },
  path: string,
): Promise<string> {
  const target = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}:${pod.port}/proxy${path}`
  return http.text({ method: 'GET', path: target, deadlineMs: POD_DEADLINE_MS })
}

const POD_DEADLINE_MS = 5000
