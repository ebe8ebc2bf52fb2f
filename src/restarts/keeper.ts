import type { KubeObject } from '../istio/objects.ts'
import { argoApp, type Keeper } from '../wire/keeper.ts'

const TRACKING_ID = 'argocd.argoproj.io/tracking-id'
/** Argo CD's own label; by the older default it is `app.kubernetes.io/instance`, which every Helm chart sets too. */
const ARGO_LABEL = 'argocd.argoproj.io/instance'
const FLUX_LABELS = ['kustomize.toolkit.fluxcd.io/name', 'helm.toolkit.fluxcd.io/name'] as const
const FLUX: Keeper = { tool: 'Flux' }

/** Who keeps this workload, by what the tools leave on it; undefined where no known tool does. How it is restarted there: wire/restart-command.ts. */
export function keeperOf({ metadata }: Pick<KubeObject, 'metadata'>): Keeper | undefined {
  const { labels = {}, annotations = {} } = metadata
  const instance = annotations[TRACKING_ID]?.split(':')[0] ?? labels[ARGO_LABEL]
  if (instance) return argo(instance)
  return FLUX_LABELS.some((label) => labels[label]) ? FLUX : undefined
}

/** An Application outside of Argo CD's own namespace is marked `namespace_name`, and named `namespace/name` (argo-cd, util/argo/argo.go). */
function argo(instance: string): Keeper {
  const app = argoApp.safeParse(instance.replace('_', '/')).data
  return { tool: 'Argo CD', ...(app ? { app } : {}) }
}
