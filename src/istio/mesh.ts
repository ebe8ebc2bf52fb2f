import type {
  ConfigMap,
  KubeGateway,
  Namespace,
  Node,
  Pod,
  SecretMeta,
  Service,
  ServiceEndpoints,
  WebhookConfiguration,
  Workload,
} from './objects.ts'

/**
 * Everything that one decision about one cluster rests on, read within a few seconds (cluster/read-mesh.ts). Plain data:
 * all knowledge about it is in the pure functions of this room.
 */
export type Mesh = {
  /** When the oldest part of it was read: UTC ISO. */
  readonly readAt: string
  /** `v1.34.4`, as /version says. */
  readonly kubernetesVersion: string
  readonly istioNamespace: string
  readonly mutatingWebhooks: readonly WebhookConfiguration[]
  readonly validatingWebhooks: readonly WebhookConfiguration[]
  readonly namespaces: readonly Namespace[]
  /** Of the Istio namespace, and every further Service that a webhook names. */
  readonly services: readonly Service[]
  readonly endpoints: readonly ServiceEndpoints[]
  /** Of the Istio namespace: `istio`, `istio-<rev>`, `istio-sidecar-injector[-<rev>]`, `values…`, `istio-ca-root-cert`. */
  readonly configMaps: readonly ConfigMap[]
  /** Deployments, StatefulSets, DaemonSets, CronJobs of all namespaces. */
  readonly workloads: readonly Workload[]
  /** Metadata, labels, annotations; containers' names and images. Finished pods too: the rules drop them. */
  readonly pods: readonly Pod[]
  readonly nodes: readonly Node[]
  /** gateways.gateway.networking.k8s.io; empty where the kind isn't served. */
  readonly kubeGateways: readonly KubeGateway[]
  /** Of the Istio namespace, names, labels and types only (Helm releases, remote clusters). */
  readonly secrets: readonly SecretMeta[]
  /** PodDisruptionBudgets of the Istio namespace. */
  readonly disruptionBudgets: readonly {
    readonly name: string
    readonly matchLabels: Readonly<Record<string, string>>
  }[]
  /** CustomResourceDefinitions by name that matter here (gateway API, sail, istio operator). */
  readonly customResourceDefinitions: readonly string[]
  /** Parts that could not be read, with the API's answer. Unknown is not safe: gates that need them close. */
  readonly unreadable: readonly UnreadablePart[]
}

/** One part of a mesh that could not be read, and what helps: at most one of `rule`, `login` and `trouble`. */
export type UnreadablePart = {
  readonly part: string
  /** Code and words of the API, in English. */
  readonly reason: string
  /** The least rule of RBAC that would allow it. */
  readonly rule?: string
  /** The server that did not accept our credentials. */
  readonly login?: string
  /** The code of what may pass by itself: no answer, too many requests, a server that fails. */
  readonly trouble?: string
}
