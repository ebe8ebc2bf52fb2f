import type { KubeObject, Metadata } from './kube-api.ts'

/** As much of a pod as the stand-in kubelet and the probes read. */
export type Pod = KubeObject & { readonly metadata: Metadata; readonly spec: PodSpec; readonly status?: PodStatus }

type PodSpec = {
  readonly nodeName?: string
  readonly serviceAccountName?: string
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly affinity?: { readonly nodeAffinity?: NodeAffinity }
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly volumes?: readonly Volume[]
}

type NodeAffinity = {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: {
    readonly nodeSelectorTerms: readonly {
      readonly matchFields?: readonly { readonly key: string; readonly values: readonly string[] }[]
    }[]
  }
}

export type Container = {
  readonly name: string
  readonly image: string
  readonly args?: readonly string[]
  readonly env?: readonly EnvVar[]
  readonly restartPolicy?: string
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[]
}

export type EnvVar = {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } }
}

export type Volume = {
  readonly name: string
  readonly configMap?: { readonly name: string }
  readonly secret?: { readonly secretName: string }
  readonly projected?: {
    readonly sources: readonly {
      readonly serviceAccountToken?: {
        readonly path: string
        readonly audience?: string
        readonly expirationSeconds?: number
      }
    }[]
  }
}

type PodStatus = {
  readonly phase?: string
  readonly podIP?: string
  readonly conditions?: readonly { readonly type: string; readonly status: string }[]
}

/** `/api/v1/namespaces/NS/pods/NAME` */
export function podPath(pod: Pod): string {
  return `/api/v1/namespaces/${pod.metadata.namespace ?? ''}/pods/${pod.metadata.name}`
}

/** An istiod that must really run: the pods of every Istio control plane carry this label. */
export function isIstiod(pod: Pod): boolean {
  return pod.metadata.labels?.['app'] === 'istiod' && pod.spec.containers.some(({ name }) => name === 'discovery')
}

/** The revision an istiod's pod serves; an unrevisioned one is called `default`. */
export function revisionOf(pod: Pod): string {
  return pod.metadata.labels?.['istio.io/rev'] ?? 'default'
}
