import type { JsonObject, KubeObject } from '../kube-server/kube-object.ts'
import type { WorkloadPlan } from './plan.ts'
import { cronOf } from './rhythm.ts'

/** The workload as its team's own manifest has it. `revision` is the one that an explicit label names. */
export function workloadObject(
  plan: WorkloadPlan,
  pin: { readonly image: string; readonly revision: string },
): KubeObject {
  const { kind, namespace, name } = plan
  const labels = labelsOf(plan)
  const template = templateOf(plan, pin)
  switch (kind) {
    case 'Pod':
      return { apiVersion: 'v1', kind, metadata: { name, namespace, labels }, spec: template.spec }
    case 'Job':
      return { apiVersion: 'batch/v1', kind, metadata: { name, namespace, labels }, spec: jobSpec(template) }
    case 'CronJob':
      return {
        apiVersion: 'batch/v1',
        kind,
        metadata: { name, namespace, labels },
        spec: {
          schedule: plan.schedule ? cronOf(plan.schedule) : '0 0 * * *',
          concurrencyPolicy: 'Forbid',
          suspend: false,
          successfulJobsHistoryLimit: 1,
          failedJobsHistoryLimit: 1,
          jobTemplate: { metadata: { labels }, spec: jobSpec(template) },
        },
      }
    default:
      return { apiVersion: 'apps/v1', kind, metadata: { name, namespace, labels }, spec: appSpec(plan, template) }
  }
}

type Template = { readonly metadata: JsonObject; readonly spec: JsonObject }

function labelsOf({ name, team }: WorkloadPlan): Record<string, string> {
  return { app: name, ...(team === null ? {} : { team }) }
}

function templateOf(plan: WorkloadPlan, pin: { readonly image: string; readonly revision: string }): Template {
  const { name, peculiarity } = plan
  const explicit = peculiarity === 'explicitRevision' ? { 'istio.io/rev': pin.revision } : {}
  const annotations = peculiarity === 'pinnedImage' ? { 'sidecar.istio.io/proxyImage': pin.image } : {}
  const once = plan.kind === 'CronJob' || plan.kind === 'Job'
  const container = {
    name: 'app',
    image: `registry.example.com/${name}:1.0.0`,
    ports: [{ containerPort: 8080, protocol: 'TCP' }],
    resources: { requests: { cpu: '50m', memory: '64Mi' } },
  }
  return {
    metadata: { labels: { ...labelsOf(plan), ...explicit }, annotations },
    spec: { containers: [container], ...(once ? { restartPolicy: 'OnFailure' } : {}) },
  }
}

function jobSpec(template: Template): JsonObject {
  return { backoffLimit: 6, completions: 1, parallelism: 1, template }
}

function appSpec({ kind, name, replicas, peculiarity }: WorkloadPlan, template: Template): JsonObject {
  return {
    ...(kind === 'DaemonSet' ? {} : { replicas }),
    ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
    ...(peculiarity === 'onDelete' ? { updateStrategy: { type: 'OnDelete' } } : {}),
    ...(peculiarity === 'paused' ? { paused: true } : {}),
    selector: { matchLabels: { app: name } },
    template,
  }
}
