import type { JsonObject } from '../kube-object.ts'

/** One revision of Istio's control plane, as an operator file and the version of istioctl decide it. */
export type ControlPlane = {
  /** Empty for the unrevisioned control plane, whose objects then say `default`. */
  readonly revision: string
  readonly version: string
  readonly namespace: string
  readonly hub: string
  /** Image tag of istiod and, through the injector, of the proxies. */
  readonly tag: string
  /** The Deployment's replicas; absent where only the autoscaler decides. */
  readonly replicas: number | undefined
  readonly autoscaleMin: number
  readonly autoscaleMax: number
  readonly meshConfig: JsonObject
  readonly meshID: string
  readonly clusterName: string
  readonly network: string
  readonly gateways: readonly string[]
  readonly cni: boolean
}

export const defaultPlane: ControlPlane = {
  revision: '',
  version: '1.30.0',
  namespace: 'istio-system',
  hub: 'docker.io/istio',
  tag: '1.30.0',
  replicas: 2,
  autoscaleMin: 2,
  autoscaleMax: 5,
  meshConfig: {},
  meshID: '',
  clusterName: '',
  network: '',
  gateways: [],
  cni: false,
}

/** Pods that run once the autoscaler has had its say. */
export function runningReplicas(plane: ControlPlane): number {
  return Math.max(plane.replicas ?? 1, plane.autoscaleMin)
}

/** `istiod-1-31-0`, or `istiod` for the unrevisioned one: charts append the revision to most names. */
export function withRevision(name: string, revision: string): string {
  return revision === '' || revision === 'default' ? name : `${name}-${revision}`
}

/** The value of label istio.io/rev. */
export function revisionLabel(revision: string): string {
  return revision === '' ? 'default' : revision
}

/** The labels that every object of the chart carries, however it was installed: managed-by Helm is no sign of Helm. */
export function chartLabels(name = 'istiod'): Record<string, string> {
  return {
    'app.kubernetes.io/instance': 'istio',
    'app.kubernetes.io/managed-by': 'Helm',
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': 'istio',
    'app.kubernetes.io/version': '1.0.0',
    'helm.sh/chart': 'istiod-1.0.0',
    release: 'istio',
  }
}

/** Chart labels plus those that name revision and component (istio-discovery's templates). */
export function pilotLabels(revision: string): Record<string, string> {
  return {
    ...chartLabels(),
    'install.operator.istio.io/owning-resource': 'unknown',
    'istio.io/rev': revisionLabel(revision),
    'operator.istio.io/component': 'Pilot',
  }
}

/** What `istioctl install` adds to every object it applies (operator/pkg/install, getOwnerLabels). */
export function ownerLabels(plane: ControlPlane, component: string): Record<string, string> {
  return {
    'operator.istio.io/managed': 'Reconcile',
    'operator.istio.io/version': plane.version,
    'install.operator.istio.io/owning-resource-namespace': plane.namespace,
    'istio.io/rev': revisionLabel(plane.revision),
    ...(component === '' ? {} : { 'operator.istio.io/component': component }),
  }
}
