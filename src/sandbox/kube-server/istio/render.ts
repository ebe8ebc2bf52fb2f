import { stringify } from 'yaml'
import type { JsonObject, KubeObject } from '../kube-object.ts'
import { isJsonObject } from '../kube-object.ts'
import type { ControlPlane } from './control-plane.ts'
import { chartLabels, pilotLabels, revisionLabel, withRevision } from './control-plane.ts'
import { gatewayObjects, nodeAgent } from './render-extras.ts'
import { istiodDeployment } from './render-istiod.ts'
import { istiodPorts, revisionInjector, revisionValidator } from './webhook-objects.ts'

/**
 * What `istioctl manifest generate` prints for a control plane: the names, labels, selectors, images and entries of
 * Istio 1.31's charts. Texts that nobody reads (injection templates, CRD schemas) are short stand-ins.
 */
export function renderControlPlane(plane: ControlPlane): KubeObject[] {
  const istiod = withRevision('istiod', plane.revision)
  const inPlace = { namespace: plane.namespace }
  const labels = pilotLabels(plane.revision)
  const withApp = { ...labels, app: 'istiod', istio: 'pilot' }
  const account = { ...chartLabels(), app: 'istiod' }
  const subjects = [{ kind: 'ServiceAccount', name: istiod, namespace: plane.namespace }]
  const rbac = 'rbac.authorization.k8s.io/v1'
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: istiod, ...inPlace, labels: account } },
    ...clusterRoles(plane, account, subjects),
    revisionValidator(plane, 'Ignore'),
    ...configMaps(plane),
    revisionInjector(plane),
    istiodDeployment(plane),
    ...disruptionBudget(plane, withApp),
    { apiVersion: rbac, kind: 'Role', metadata: { name: istiod, ...inPlace, labels: account }, rules: [] },
    {
      apiVersion: rbac,
      kind: 'RoleBinding',
      metadata: { name: istiod, ...inPlace, labels: account },
      roleRef: roleRef('Role', istiod),
      subjects,
    },
    autoscaler(plane, istiod, { ...labels, app: 'istiod' }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: istiod, ...inPlace, labels: withApp },
      spec: { ports: istiodPorts(), selector: istiodSelector(plane) },
    },
    ...plane.gateways.flatMap((name) => gatewayObjects(plane, name)),
    ...(plane.cni ? [nodeAgent(plane)] : []),
  ]
}

/** The mesh configuration as the `istio[-REV]` ConfigMap has it. */
function meshConfigOf(plane: ControlPlane): JsonObject {
  const address = `${withRevision('istiod', plane.revision)}.${plane.namespace}.svc:15012`
  const base: JsonObject = {
    defaultConfig: { discoveryAddress: address, ...(plane.meshID === '' ? {} : { meshId: plane.meshID }) },
    defaultProviders: { metrics: ['prometheus'] },
    enablePrometheusMerge: true,
    rootNamespace: plane.namespace,
    trustDomain: 'cluster.local',
  }
  return merged(base, plane.meshConfig)
}

function configMaps(plane: ControlPlane): KubeObject[] {
  const labels = pilotLabels(plane.revision)
  const make = (name: string, data: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: withRevision(name, plane.revision), namespace: plane.namespace, labels },
    data,
  })
  const values = {
    global: {
      hub: plane.hub,
      tag: plane.tag,
      istioNamespace: plane.namespace,
      meshID: plane.meshID,
      multiCluster: { clusterName: plane.clusterName },
      network: plane.network,
      proxy: { autoInject: 'enabled', clusterDomain: 'cluster.local', image: 'proxyv2' },
      proxy_init: { image: 'proxyv2' },
    },
    pilot: { cni: { enabled: plane.cni }, env: {} },
    revision: plane.revision,
    sidecarInjectorWebhook: {
      alwaysInjectSelector: [],
      enableNamespacesByDefault: false,
      neverInjectSelector: [],
      reinvocationPolicy: 'Never',
      rewriteAppHTTPProbe: true,
    },
  }
  const config = stringify({
    defaultTemplates: ['sidecar'],
    policy: 'enabled',
    templates: { sidecar: '', gateway: '' },
  })
  const pilot = { autoscaleMin: plane.autoscaleMin, autoscaleMax: plane.autoscaleMax, replicaCount: plane.replicas }
  const given = JSON.stringify({ global: { hub: plane.hub, tag: plane.tag }, pilot, revision: plane.revision }, null, 2)
  return [
    make('istio', {
      mesh: stringify(meshConfigOf(plane), { indentSeq: false }).trimEnd(),
      meshNetworks: 'networks: {}',
    }),
    make('istio-sidecar-injector', { config, values: JSON.stringify(values, null, 2) }),
    make('values', { 'merged-values': JSON.stringify({ ...values, pilot }, null, 2), 'original-values': given }),
  ]
}

/** Rendered only where more than one replica is promised, as the chart does. */
function disruptionBudget(plane: ControlPlane, labels: Record<string, string>): KubeObject[] {
  if (plane.autoscaleMin <= 1) return []
  const name = withRevision('istiod', plane.revision)
  const spec = { minAvailable: 1, selector: { matchLabels: istiodSelector(plane) } }
  const metadata = { name, namespace: plane.namespace, labels }
  return [{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec }]
}

function autoscaler(plane: ControlPlane, name: string, labels: Record<string, string>): KubeObject {
  const target = { type: 'Utilization', averageUtilization: 80 }
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace: plane.namespace, labels },
    spec: {
      minReplicas: plane.autoscaleMin,
      maxReplicas: plane.autoscaleMax,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
    },
  }
}

function istiodSelector(plane: ControlPlane): Record<string, string> {
  if (plane.revision === '') return { app: 'istiod', istio: 'pilot' }
  return { app: 'istiod', 'istio.io/rev': revisionLabel(plane.revision) }
}

function roleRef(kind: string, name: string): JsonObject {
  return { apiGroup: 'rbac.authorization.k8s.io', kind, name }
}

/** Three roles for the whole cluster, each with its binding; their names carry revision and namespace. */
function clusterRoles(plane: ControlPlane, labels: Record<string, string>, subjects: JsonObject[]): KubeObject[] {
  const apiVersion = 'rbac.authorization.k8s.io/v1'
  const end = `${suffix(plane)}-${plane.namespace}`
  const names = [`istio-reader-clusterrole${end}`, `istiod-clusterrole${end}`, `istiod-gateway-controller${end}`]
  return names.flatMap((name) => {
    const reader = { ...labels, app: 'istio-reader', 'app.kubernetes.io/name': 'istio-reader' }
    const metadata = { name, labels: name.startsWith('istio-reader') ? reader : labels }
    const rules = name.startsWith('istiod-clusterrole') ? clusterRules() : []
    return [
      { apiVersion, kind: 'ClusterRole', metadata, rules },
      { apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef: roleRef('ClusterRole', name), subjects },
    ]
  })
}

function clusterRules(): JsonObject[] {
  const verbs = ['get', 'list', 'watch', 'update', 'patch']
  const resources = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']
  return [{ apiGroups: ['admissionregistration.k8s.io'], resources, verbs }]
}

function suffix(plane: ControlPlane): string {
  return plane.revision === '' ? '' : `-${plane.revision}`
}

function merged(base: JsonObject, over: JsonObject): JsonObject {
  const result: JsonObject = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const under = result[key]
    result[key] = isJsonObject(under) && isJsonObject(value) ? merged(under, value) : value
  }
  return Object.fromEntries(Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1)))
}
