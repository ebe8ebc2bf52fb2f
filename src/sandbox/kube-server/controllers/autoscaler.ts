import type { KubeObject } from '../kube-object.ts'
import { objectAt, textAt } from '../kube-object.ts'
import type { Controller, Hands } from './controller.ts'
import { MANAGER, find, keyOf, numberAt, putSpec } from './controller.ts'

const SCALED: Readonly<Record<string, string>> = {
  'deployments.apps': 'Deployment',
  'statefulsets.apps': 'StatefulSet',
}

/**
 * Keeps a workload between the bounds of its HorizontalPodAutoscaler, without metrics. A workload at zero is left there:
 * the real one counts that as switched off. Rule: Kubernetes' reconcileAutoscaler.
 */
export function autoscalerController(hands: Hands): Controller {
  return {
    name: 'autoscaler',
    concerns: (event) => {
      if (event.type === 'DELETED') return []
      if (event.resource === 'horizontalpodautoscalers.autoscaling') return [keyOf(event.object)]
      const kind = SCALED[event.resource]
      return kind ? scalersOf(hands, kind, event.object) : []
    },
    reconcile: (key) => {
      const scaler = find(hands, 'autoscaling/v2', 'HorizontalPodAutoscaler', key)
      if (scaler) reconcile(hands, scaler)
    },
  }
}

function scalersOf({ kube }: Hands, kind: string, { metadata }: KubeObject): string[] {
  const scalers = kube.list('autoscaling/v2', 'HorizontalPodAutoscaler', metadata.namespace)
  const scales = (scaler: KubeObject): boolean =>
    textAt(scaler, 'spec', 'scaleTargetRef', 'kind') === kind &&
    textAt(scaler, 'spec', 'scaleTargetRef', 'name') === metadata.name
  return scalers.filter(scales).map(keyOf)
}

function reconcile(hands: Hands, scaler: KubeObject): void {
  const target = objectAt(scaler, 'spec', 'scaleTargetRef')
  const kind = textAt(target, 'kind') ?? ''
  if (!Object.values(SCALED).includes(kind)) return
  const workload = hands.kube.get('apps/v1', kind, textAt(target, 'name') ?? '', scaler.metadata.namespace)
  if (!workload) return
  const current = numberAt(workload, 1, 'spec', 'replicas')
  const least = numberAt(scaler, 1, 'spec', 'minReplicas')
  const most = Math.max(least, numberAt(scaler, least, 'spec', 'maxReplicas'))
  const desired = current === 0 ? 0 : Math.min(most, Math.max(least, current))
  if (desired !== current) {
    putSpec(hands, { ...workload, spec: { ...objectAt(workload, 'spec'), replicas: desired } })
  }
  const currentReplicas = numberAt(workload, 0, 'status', 'replicas')
  hands.kube.putStatus({ ...scaler, status: { currentReplicas, desiredReplicas: desired } }, MANAGER)
}
