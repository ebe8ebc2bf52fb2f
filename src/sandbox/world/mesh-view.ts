/** The mesh as somebody sees it who looks at the cluster itself, and never at what Meshferry says of it. */
export type MeshView = {
  /** What a new pod gets, by class of namespace: the answer of a dry-run pod through the live webhooks. */
  readonly newPods: readonly NewPods[]
  /** Running pods of tenants by the version of their sidecar; `none` for pods without one. */
  readonly byVersion: Readonly<Record<string, number>>
  /** The same over time, oldest first, at most some hundred points. */
  readonly curve: readonly { readonly at: number; readonly byVersion: Readonly<Record<string, number>> }[]
  readonly controlPlanes: readonly ControlPlaneView[]
  readonly traffic: Traffic
  /** Tenants' pods deleted or evicted, and tenants' workloads changed, by Meshferry's own account. */
  readonly restartedByUs: number
  /** Pods that gave way to a rollout of their own team's since the start; a drain or fewer replicas are none. */
  readonly replacedByTeams: number
  readonly teams: readonly TeamView[]
}

export type NewPods = {
  /** `istio-injection=enabled`, `istio.io/rev=prod-stable`… */
  readonly class: string
  readonly namespaces: number
  /** In most of its namespaces: `1.31.0`, `none`, or the API server's own words where it refused the pod. */
  readonly gets: string
  /** Namespaces of this class whose new pods get something else, by name. */
  readonly differing: readonly { readonly namespace: string; readonly gets: string }[]
  /** All get the same, which is a sidecar where the label asks for one and none where it doesn't. */
  readonly ok: boolean
}

export type ControlPlaneView = {
  readonly revision: string
  readonly version: string
  readonly ready: number
  readonly wanted: number
  /** Sidecars that hold on to it. */
  readonly proxies: number
}

/** Requests among the tenants in the last second. */
export type Traffic = { readonly perSecond: number; readonly errorsPerSecond: number; readonly errorsInAll: number }

export type TeamView = {
  readonly name: string
  readonly pods: number
  /** Pods by version, as above. */
  readonly byVersion: Readonly<Record<string, number>>
}
