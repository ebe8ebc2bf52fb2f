import type { Keeper } from './keeper.ts'
import { RESTARTED_KINDS, type WorkloadRef } from './restarts.ts'

/** The tool in whose way a workload is restarted; null where that is kubectl's. A Rollout's own controller restarts it, whoever keeps it. */
export function toolOf(kind: string, keeper: Keeper | undefined): Keeper['tool'] | 'Argo Rollouts' | null {
  return kind === 'Rollout' ? 'Argo Rollouts' : (keeper?.tool ?? null)
}

/**
 * The exact command with which people restart a workload in the way of the tool that keeps it; null where none is safe, or where its
 * kind is restarted by none.
 *
 * Argo CD: its own restart action sets the same annotation (argo-cd, resource_customizations/apps/Deployment/actions/restart), and an
 * annotation that Git does not have is no difference to it; a sync with Replace=true takes it away again, though, which restarts once
 * more. So its own action is the way, with its own rights and its own audit.
 *
 * Flux: whatever a field manager whose name begins with kubectl wrote is taken away at the next reconciliation, which restarts
 * everything a second time (flux2 issue 2526). What `flux-client-side-apply` wrote is kept (Flux FAQ, "Why are kubectl edits rolled
 * back by Flux?"). A HelmRelease with drift detection compares in the same way.
 */
export function restartCommand({ namespace, kind, name }: WorkloadRef, keeper: Keeper | undefined): string | null {
  if (kind === 'Rollout') return `kubectl argo rollouts restart ${name} -n ${namespace}`
  if (!(RESTARTED_KINDS as readonly string[]).includes(kind)) return null
  if (keeper?.tool === 'Argo CD') return keeper.app ? argoAction(keeper.app, { namespace, kind, name }) : null
  const plain = `kubectl rollout restart ${kind.toLowerCase()}/${name} -n ${namespace}`
  return keeper ? `${plain} --field-manager=flux-client-side-apply` : plain
}

function argoAction(app: string, { namespace, kind, name }: WorkloadRef): string {
  return `argocd app actions run ${app} restart --group apps --kind ${kind} --namespace ${namespace} --resource-name ${name}`
}
