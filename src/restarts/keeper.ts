import type { KubeObject } from '../istio/objects.ts'
import type { WorkloadRef } from '../wire/restarts.ts'

/** A tool that keeps a workload as its own source says, and the command with which it is restarted in that tool's way. */
export type Keeper = { readonly tool: 'Argo CD' | 'Flux' | 'Argo Rollouts'; readonly how: string }

const TRACKING_ID = 'argocd.argoproj.io/tracking-id'
/** Argo CD's own label; by the older default it is `app.kubernetes.io/instance`, which every Helm chart sets too. */
const ARGO_LABEL = 'argocd.argoproj.io/instance'
const FLUX = ['kustomize.toolkit.fluxcd.io/name', 'helm.toolkit.fluxcd.io/name'] as const

/**
 * Who keeps this workload, by what the tools leave on it; null where no known tool does.
 *
 * Argo CD: its own restart action sets the same annotation (argo-cd, resource_customizations/apps/Deployment/actions/restart), and an
 * annotation that Git does not have is no difference to it; a sync with Replace=true takes it away again, though, which restarts once
 * more. So its own action is the way, with its own rights and its own audit.
 *
 * Flux: whatever a field manager whose name begins with kubectl wrote is taken away at the next reconciliation, which restarts
 * everything a second time (flux2 issue 2526). What `flux-client-side-apply` wrote is kept (Flux FAQ, "Why are kubectl edits rolled
 * back by Flux?"). A HelmRelease with drift detection compares in the same way.
 */
export function keeperOf(object: KubeObject, workload: WorkloadRef): Keeper | null {
  const { labels = {}, annotations = {} } = object.metadata
  const app = annotations[TRACKING_ID]?.split(':')[0] ?? labels[ARGO_LABEL]
  if (app) return { tool: 'Argo CD', how: argoCommand(app, workload) }
  return FLUX.some((label) => labels[label]) ? { tool: 'Flux', how: fluxCommand(workload) } : null
}

/** A Rollout of Argo is restarted by its own controller, pod after pod. */
export function rolloutKeeper({ name, namespace }: WorkloadRef): Keeper {
  return { tool: 'Argo Rollouts', how: `kubectl argo rollouts restart ${name} -n ${namespace}` }
}

function argoCommand(app: string, { namespace, kind, name }: WorkloadRef): string {
  return `argocd app actions run ${app} restart --group apps --kind ${kind} --namespace ${namespace} --resource-name ${name}`
}

function fluxCommand({ namespace, kind, name }: WorkloadRef): string {
  return `kubectl rollout restart ${kind.toLowerCase()}/${name} -n ${namespace} --field-manager=flux-client-side-apply`
}
