/**
 * The parts of Kubernetes objects that Meshferry reads, as the API server writes them in JSON. Everything is optional
 * that an API server may leave out. Names are the API's own.
 */
export type ObjectMeta = {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly managedFields?: readonly ManagedFields[]
}

type OwnerReference = {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
}

export type ManagedFields = {
  readonly manager?: string
  readonly operation?: string
  readonly time?: string
  readonly subresource?: string
  readonly fieldsV1?: unknown
}

export type KubeObject = { readonly apiVersion: string; readonly kind: string; readonly metadata: ObjectMeta }

export type LabelSelector = {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly SelectorRequirement[]
}

export type SelectorRequirement = {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[]
}

export type WebhookEntry = {
  readonly name: string
  readonly clientConfig: {
    readonly url?: string
    readonly caBundle?: string
    readonly service?: {
      readonly name: string
      readonly namespace: string
      readonly path?: string
      readonly port?: number
    }
  }
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
  readonly failurePolicy?: string
  readonly reinvocationPolicy?: string
  readonly rules?: readonly WebhookRule[]
}

type WebhookRule = {
  readonly apiGroups?: readonly string[]
  readonly apiVersions?: readonly string[]
  readonly operations?: readonly string[]
  readonly resources?: readonly string[]
  readonly scope?: string
}

/** A MutatingWebhookConfiguration or a ValidatingWebhookConfiguration. */
export type WebhookConfiguration = KubeObject & { readonly webhooks?: readonly WebhookEntry[] }

export type Namespace = KubeObject

export type Service = KubeObject & {
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>
    readonly type?: string
    readonly externalName?: string
    readonly ports?: readonly { readonly port: number; readonly targetPort?: number | string; readonly name?: string }[]
  }
}

/** Ready addresses behind one Service, from its EndpointSlices (or from core/v1 Endpoints on old Kubernetes). */
export type ServiceEndpoints = {
  readonly namespace: string
  readonly service: string
  readonly readyAddresses: readonly string[]
}

export type ConfigMap = KubeObject & { readonly data?: Readonly<Record<string, string>> }

type EnvVar = { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }

export type Container = {
  readonly name: string
  readonly image?: string
  readonly args?: readonly string[]
  readonly env?: readonly EnvVar[]
  readonly restartPolicy?: string
  readonly ports?: readonly unknown[]
  readonly resources?: unknown
}

export type PodSpec = {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly hostNetwork?: boolean
  readonly serviceAccountName?: string
  readonly nodeName?: string
}

export type PodTemplate = {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: PodSpec
}

export type Pod = KubeObject & {
  readonly spec?: PodSpec
  readonly status?: {
    readonly phase?: string
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[]
    readonly initContainerStatuses?: readonly ContainerStatus[]
    readonly containerStatuses?: readonly ContainerStatus[]
  }
}

export type ContainerStatus = {
  readonly name?: string
  readonly ready?: boolean
  readonly restartCount?: number
  readonly state?: ContainerState
  readonly lastState?: ContainerState
}

type ContainerState = {
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly running?: { readonly startedAt?: string }
  readonly terminated?: { readonly exitCode?: number; readonly reason?: string; readonly finishedAt?: string }
}

/** A v1 Event. Controllers count one up; what reports through events.k8s.io keeps a series, and an eventTime instead. */
export type KubeEvent = KubeObject & {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string }
  readonly type?: string
  readonly reason?: string
  readonly message?: string
  readonly count?: number
  readonly lastTimestamp?: string | null
  readonly eventTime?: string | null
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string } | null
}

/** A Deployment, StatefulSet, DaemonSet, CronJob… reduced to what decides its pods' sidecar. */
export type Workload = KubeObject & {
  readonly replicas: number
  readonly readyReplicas: number
  readonly template: PodTemplate
  /** A Deployment whose rollout is paused. */
  readonly paused?: true
  /** A StatefulSet or DaemonSet whose pods change only when somebody deletes them. */
  readonly onDelete?: true
  /** A StatefulSet of which a changed template reaches only pods of this number and above; never 0. */
  readonly partition?: number
}

export type Node = KubeObject & { readonly status?: { readonly nodeInfo?: { readonly kubeletVersion?: string } } }

export type KubeGateway = KubeObject & { readonly spec?: { readonly gatewayClassName?: string } }

/** Metadata of a Secret: never its data. */
export type SecretMeta = { readonly metadata: ObjectMeta; readonly type?: string }
