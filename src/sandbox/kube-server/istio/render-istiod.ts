import type { JsonObject, KubeObject } from '../kube-object.ts'
import type { ControlPlane } from './control-plane.ts'
import { chartLabels, pilotLabels, revisionLabel, withRevision } from './control-plane.ts'

/** The Deployment `istiod[-REV]`. */
export function istiodDeployment(plane: ControlPlane): KubeObject {
  const name = withRevision('istiod', plane.revision)
  const revisioned = plane.revision !== ''
  const matchLabels = revisioned ? { app: 'istiod', 'istio.io/rev': plane.revision } : { istio: 'pilot' }
  const { release: _release, ...podChartLabels } = chartLabels()
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: plane.namespace,
      labels: { ...pilotLabels(plane.revision), app: 'istiod', istio: 'pilot' },
    },
    spec: {
      ...(plane.replicas === undefined ? {} : { replicas: plane.replicas }),
      selector: { matchLabels },
      strategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
      template: {
        metadata: {
          annotations: {
            'prometheus.io/port': '15014',
            'prometheus.io/scrape': 'true',
            'sidecar.istio.io/inject': 'false',
          },
          labels: {
            ...podChartLabels,
            app: 'istiod',
            'install.operator.istio.io/owning-resource': 'unknown',
            istio: revisioned ? 'istiod' : 'pilot',
            'istio.io/dataplane-mode': 'none',
            'istio.io/rev': revisionLabel(plane.revision),
            'operator.istio.io/component': 'Pilot',
            'sidecar.istio.io/inject': 'false',
          },
        },
        spec: { serviceAccountName: name, containers: [discovery(plane)], volumes: volumes() },
      },
    },
  }
}

function discovery(plane: ControlPlane): JsonObject {
  const field = (name: string, fieldPath: string): JsonObject => ({
    name,
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
  })
  return {
    name: 'discovery',
    image: `${plane.hub}/pilot:${plane.tag}`,
    args: [
      'discovery',
      '--monitoringAddr=:15014',
      '--log_output_level=default:info',
      '--domain',
      'cluster.local',
      '--keepaliveMaxServerConnectionAge',
      '30m',
    ],
    env: [
      { name: 'REVISION', value: revisionLabel(plane.revision) },
      { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
      field('POD_NAME', 'metadata.name'),
      field('POD_NAMESPACE', 'metadata.namespace'),
      field('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
      { name: 'KUBECONFIG', value: '/var/run/secrets/remote/config' },
      { name: 'CA_TRUSTED_NODE_ACCOUNTS', value: `${plane.namespace}/ztunnel` },
      { name: 'PILOT_TRACE_SAMPLING', value: '1' },
      { name: 'PILOT_ENABLE_ANALYSIS', value: 'false' },
      { name: 'CLUSTER_ID', value: plane.clusterName === '' ? 'Kubernetes' : plane.clusterName },
      { name: 'PLATFORM', value: '' },
    ],
    ports: [
      { containerPort: 8080, name: 'http-debug', protocol: 'TCP' },
      { containerPort: 15010, name: 'grpc-xds', protocol: 'TCP' },
      { containerPort: 15012, name: 'tls-xds', protocol: 'TCP' },
      { containerPort: 15017, name: 'https-webhooks', protocol: 'TCP' },
      { containerPort: 15014, name: 'http-monitoring', protocol: 'TCP' },
    ],
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080 },
      initialDelaySeconds: 1,
      periodSeconds: 3,
      timeoutSeconds: 5,
    },
    resources: { requests: { cpu: '500m', memory: '2048Mi' } },
  }
}

function volumes(): JsonObject[] {
  return [
    { name: 'local-certs', emptyDir: { medium: 'Memory' } },
    { name: 'cacerts', secret: { secretName: 'cacerts', optional: true } },
  ]
}
