import type { Facts } from '../kernel/errors.ts'
import type { ChangeOperation as JsonPatchOperation, ChangeRef as ObjectRef } from '../istio/changes.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { KubeObject, ObjectMeta, Workload } from '../istio/objects.ts'
import type { DryRunAnswer } from '../istio/proof.ts'

export type { DryRunAnswer, JsonPatchOperation, ObjectRef }

/**
 * One way to reach the API: an address of its own, or `fresh` for a new connection to the kubeconfig's server. `silent`: an
 * API server of this cluster that did not answer when it was dialled a moment ago; what it would say is unknown.
 */
export type ApiRoute =
  | { readonly kind: 'address'; readonly host: string; readonly port: number; readonly silent?: true }
  | { readonly kind: 'fresh' }

/**
 * The cluster that is upgraded. Reads are fresh unless said otherwise; every error is a CodedError (CLUSTER_UNREACHABLE,
 * CLUSTER_FORBIDDEN with verb and resource, CLUSTER_CONFLICT, CLUSTER_REFUSED …).
 */
export type Cluster = {
  /** Everything preflight needs. A part that can't be read is listed in `unreadable`, it does not throw. */
  readonly readMesh: () => Promise<Mesh>
  /**
   * What a phase's gates are judged by: everything as it is now, but pods and nodes, which may be of a reading up to 90 s old.
   * For cards and clicks.
   */
  readonly readStanding: () => Promise<Mesh>
  /**
   * Only what injection rests on (webhooks, namespaces, Istio's Services, endpoints, ConfigMaps and Deployments); tenant
   * workloads, pods, nodes and gateways are taken from the last reading of them, and a part of theirs that could not be read
   * then is read now. Quick: for proofs.
   */
  readonly readInjection: () => Promise<Mesh>
  /**
   * Reads the tenants' side anew, for the readings that take it from the last one; pods and nodes only where asked for, since there
   * may be many. What can't be read stays as it was.
   */
  readonly renewTenants: (what: { readonly pods: boolean }) => Promise<void>
  readonly get: (ref: ObjectRef) => Promise<KubeObject | null>
  readonly list: (apiVersion: string, kind: string, options?: ListOptions) => Promise<readonly KubeObject[]>
  /** Server-side apply as manager `meshferry`, forced. A `resourceVersion` in the body makes it fail on a change between. */
  readonly apply: (body: KubeObject, options?: { readonly dryRun?: boolean }) => Promise<KubeObject>
  readonly patchJson: (ref: ObjectRef, operations: readonly JsonPatchOperation[]) => Promise<KubeObject>
  readonly create: (body: KubeObject, options?: { readonly dryRun?: boolean }) => Promise<KubeObject>
  readonly remove: (ref: ObjectRef, guard: { readonly uid: string }) => Promise<void>
  readonly dryRunPod: (namespace: string, pod: KubeObject, route: ApiRoute) => Promise<DryRunAnswer>
  /** Do we hold this right? Asked of the API server, which stores nothing for it. */
  readonly mayI: (right: AccessRight) => Promise<boolean>
  /** Addresses behind default/kubernetes, those that can't be dialled marked silent; empty where none of them can be. */
  readonly apiRoutes: () => Promise<readonly ApiRoute[]>
  /**
   * Tells of every pod that has not ended, by its metadata alone: first the whole list, then each change, and a whole list again
   * whenever changes may have been missed. Never rejects; `ageMs` says how long ago the API server last said anything.
   */
  readonly watchPods: <T>(handlers: PodWatchHandlers<T>, signal: AbortSignal) => Watched
  /** ReplicaSets and Jobs: name, uid and owners. */
  readonly readPodOwners: () => Promise<readonly ObjectMeta[]>
  /** Deployments, StatefulSets, DaemonSets and CronJobs, with the metadata of their templates and how they roll out. */
  readonly readRollouts: () => Promise<readonly Workload[]>
  /** What else may make pods: bare ReplicaSets, ReplicationControllers, Jobs that have not ended, Rollouts of Argo. Never throws. */
  readonly readTemplates: () => Promise<Templates>
  /** What a pod answers on a port, through the API server's proxy, within 5 s. */
  readonly readPodText: (
    pod: { readonly namespace: string; readonly name: string; readonly port: number },
    path: string,
  ) => Promise<string>
  /** Calls back (at most every 50 ms) after a webhook, namespace, istiod Service, endpoint or Deployment changed. */
  readonly watchInjection: (onChange: () => void, signal: AbortSignal) => Promise<void>
}

/** Workloads with the metadata of their templates, and the kinds that could not be read. */
export type Templates = { readonly workloads: readonly Workload[]; readonly unreadable: Mesh['unreadable'] }

/** One right of RBAC; a subresource stands after a slash. `namespace` is absent for rights in all of the cluster. */
export type AccessRight = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly namespace?: string
}

/** What a watch of pods tells. `keep` reduces each pod of the list at once, since a list may be large. */
export type PodWatchHandlers<T> = {
  readonly keep: (pod: KubeObject) => T
  readonly onList: (kept: readonly T[]) => void
  readonly onEvent: (type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: KubeObject) => void
}

export type Watched = {
  /** Milliseconds since the server last said anything on it; null before the first list. */
  readonly ageMs: () => number | null
  /** Resolves once the signal has ended it. Never rejects: whatever breaks is logged and begun again. */
  readonly done: Promise<void>
}

export type ListOptions = {
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  readonly metadataOnly?: boolean
}

/** How one call of istioctl ended. `lines` are ANSI-free, at most the last 2,000. */
export type IstioctlResult = {
  readonly exitCode: number | null
  readonly ended: 'exited' | 'deadline' | 'cancelled' | 'killed'
  readonly stdout: string
  readonly lines: readonly string[]
  readonly ms: number
}

export type IstioctlCall = {
  readonly version: string
  readonly args: readonly string[]
  /** The binary that somebody approved; another one, though pinned by now, is not started: ISTIOCTL_CHANGED {version, path}. */
  readonly sha256?: string
  readonly deadlineMs: number
  readonly signal?: AbortSignal
  readonly onLine?: (line: string) => void
  /** Told the child's pid and start time before it can have done anything that matters, so that the journal names it. */
  readonly onSpawn?: (child: { readonly pid: number; readonly startTicks: string }) => Promise<void>
}

/** The pinned istioctl binaries: DIR/istioctl-VERSION, checked by SHA-256 before every start. */
export type Istioctl = {
  /** SHA-256 of the binary on disk. Throws ISTIOCTL_MISSING, ISTIOCTL_UNPINNED or ISTIOCTL_CHECKSUM. */
  readonly check: (version: string) => Promise<{ readonly path: string; readonly sha256: string }>
  /** Versions that are configured, whether their file is there or not. */
  readonly versions: () => readonly string[]
  /** Versions whose file lies in the folder without being configured: never started. Empty where the folder can't be read. */
  readonly unpinned: () => Promise<readonly string[]>
  /** Never throws for a failing exit code: that is a result. Kubeconfig, context and namespace are added here. */
  readonly run: (call: IstioctlCall) => Promise<IstioctlResult>
  /** The exact command line for people, with the file names as configured. */
  readonly shown: (version: string, args: readonly string[]) => string
}

/** Kubernetes Lease of the cluster's workers (design.md §3). */
export type Leadership = {
  /**
   * Tries for ever until the signal; calls back on every change. Losing it aborts the signal handed to `onLead`. A process
   * that was stopped for a while hears of that late, so `holds` says by the clocks whether it is lost at this very moment.
   */
  readonly run: (
    onLead: (lost: AbortSignal, holds: () => boolean) => Promise<void>,
    signal: AbortSignal,
  ) => Promise<void>
  readonly holder: () => { readonly identity: string; readonly leads: boolean; readonly since: Facts }
}
