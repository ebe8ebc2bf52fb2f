import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mesh } from '../../src/istio/mesh.ts'
import type { DryRunAnswer } from '../../src/istio/proof.ts'
import type { KubeObject, Pod, ServiceEndpoints, Workload } from '../../src/istio/objects.ts'

/** Everything below was read from a real control plane; see the folder's own notes. */
const RECORDED = join(import.meta.dirname, '..', 'fixtures', 'recorded')

/** The Mesh as it was when one scene was recorded: `default-1.30.0`, `helm-1.30.0`, `two-revisions` … */
export function recordedMesh(scene: string): Mesh {
  const list = <T extends KubeObject>(file: string, apiVersion: string, kind: string): T[] =>
    readJson<T[]>(scene, `${file}.json`).map((item) => ({ ...item, apiVersion, kind }))
  return {
    readAt: '2026-11-23T19:00:00.000Z',
    kubernetesVersion: 'v1.34.4',
    istioNamespace: 'istio-system',
    mutatingWebhooks: list('mutatingwebhookconfigurations', ADMISSION, 'MutatingWebhookConfiguration'),
    validatingWebhooks: list('validatingwebhookconfigurations', ADMISSION, 'ValidatingWebhookConfiguration'),
    namespaces: list('namespaces', 'v1', 'Namespace'),
    services: list('services', 'v1', 'Service'),
    endpoints: readJson<Slice[]>(scene, 'endpointslices.json').map(endpointsOf),
    configMaps: list('configmaps', 'v1', 'ConfigMap'),
    workloads: list<RawDeployment>('deployments', 'apps/v1', 'Deployment').map(workloadOf),
    pods: list('pods', 'v1', 'Pod'),
    nodes: list('nodes', 'v1', 'Node'),
    kubeGateways: [],
    secrets: readJson(scene, 'secrets.json'),
    disruptionBudgets: [],
    customResourceDefinitions: [],
    unreadable: [],
  }
}

/** What the API server answered to dry-run pods of that scene, by the namespace that each was sent to. */
export function recordedAnswers(scene: string): ReadonlyMap<string, DryRunAnswer> {
  const files = readdirSync(join(RECORDED, scene, 'pods'))
  return new Map(
    files.map((file) => [file.replace(/\.json$/, ''), answerOf(readJson<RecordedAnswer>(scene, 'pods', file))]),
  )
}

/** Text of a recorded output or manifest: `recordedText('outputs', 'analyze-1.31.0.out.txt')`. */
export function recordedText(...path: string[]): string {
  return readFileSync(join(RECORDED, ...path), 'utf8')
}

const ADMISSION = 'admissionregistration.k8s.io/v1'

type RawDeployment = KubeObject & {
  readonly spec: { readonly replicas?: number; readonly template: Workload['template'] }
  readonly status?: { readonly readyReplicas?: number }
}

type Slice = KubeObject & {
  readonly endpoints?: readonly {
    readonly addresses: readonly string[]
    readonly conditions?: { readonly ready?: boolean }
  }[]
}

type RecordedAnswer = {
  readonly status: number
  readonly body: Pod & { readonly reason?: string; readonly message?: string }
}

function answerOf({ status, body }: RecordedAnswer): DryRunAnswer {
  if (status < 300) return { kind: 'admitted', pod: body }
  return { kind: 'refused', status, reason: body.reason ?? '', message: body.message ?? '' }
}

function readJson<T>(...path: string[]): T {
  const value: T = JSON.parse(recordedText(...path))
  return value
}

function workloadOf({ spec, status, ...object }: RawDeployment): Workload {
  return { ...object, replicas: spec.replicas ?? 1, readyReplicas: status?.readyReplicas ?? 0, template: spec.template }
}

function endpointsOf({ metadata, endpoints = [] }: Slice): ServiceEndpoints {
  return {
    namespace: metadata.namespace ?? '',
    service: metadata.labels?.['kubernetes.io/service-name'] ?? '',
    readyAddresses: endpoints
      .filter(({ conditions }) => conditions?.ready !== false)
      .flatMap(({ addresses }) => addresses),
  }
}
