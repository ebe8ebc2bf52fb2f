import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installGatewayApi, mustSucceed } from '../harness/installs.ts'
import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'
import { OPERATOR } from './stage.ts'

/** Something that an upgrade must be refused for: how it comes into the cluster or the file, and how it goes again. */
export type Obstacle = {
  readonly name: string
  readonly put: (mesh: Mesh) => Promise<void>
  readonly take: (mesh: Mesh) => Promise<void>
  readonly code: string
  /** What the answer names. */
  readonly says: readonly string[]
}

const CONTAINERS = [{ name: 'app', image: 'registry.example.com/app:1' }]

export const OBSTACLES: readonly Obstacle[] = [
  {
    name: 'a namespace in ambient mode',
    code: 'AMBIENT_NOT_SUPPORTED',
    says: ['outside'],
    put: (mesh) => kubectl(mesh, ['label', 'namespace', 'outside', 'istio.io/dataplane-mode=ambient']),
    take: (mesh) => kubectl(mesh, ['label', 'namespace', 'outside', 'istio.io/dataplane-mode-']),
  },
  ofObjects('ztunnel', 'AMBIENT_NOT_SUPPORTED', ['ztunnel'], [daemonSet('ztunnel', { app: 'ztunnel' })]),
  ofObjects(
    'istio-cni and two minors',
    'HOP_TOO_LONG_FOR_CNI',
    ['1.29', '1.30', '1.31'],
    [daemonSet('istio-cni-node', { 'k8s-app': 'istio-cni-node' })],
  ),
  ofObjects(
    'a control plane behind a Service without selector',
    'REMOTE_CONTROL_PLANE',
    ['istiod-remote'],
    [{ ...objectOf('v1', 'Service', 'istiod-remote'), spec: { ports: [{ name: 'https-dns', port: 15012 }] } }],
  ),
  ofObjects('an injector by URL', 'INJECTOR_BY_URL', ['istio-sidecar-injector-external'], [injectorByUrl()]),
  ofObjects(
    'the secret of another cluster',
    'MULTI_CLUSTER_NOT_SUPPORTED',
    ['istio-remote-secret-west'],
    [objectOf('v1', 'Secret', 'istio-remote-secret-west', 'istio-system', { 'istio/multiCluster': 'true' })],
  ),
  ofObjects(
    'an injected gateway that would move',
    'INJECTED_GATEWAYS_WOULD_MOVE',
    ['payments/ingress'],
    [
      {
        ...objectOf('apps/v1', 'Deployment', 'ingress', 'payments'),
        spec: {
          selector: { matchLabels: { app: 'ingress' } },
          template: {
            metadata: { labels: { app: 'ingress' }, annotations: { 'inject.istio.io/templates': 'gateway' } },
            spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] },
          },
        },
      },
    ],
  ),
  gatewayOf('istio'),
  gatewayOf('istio-waypoint'),
  ofFile(
    'an operator file with a gateway',
    'OPERATOR_FILE_GATEWAYS, RENDERED_FOREIGN_WORKLOADS',
    ['istio-ingressgateway'],
    {
      '  values:':
        '  components:\n    ingressGateways:\n      - name: istio-ingressgateway\n        enabled: true\n  values:',
    },
  ),
  ofFile('a pinned tag', 'OPERATOR_FILE_TAG, RENDERED_WRONG_IMAGE, RENDERED_WRONG_PROXY_TAG', ['1.30.0', '1.31.0'], {
    '  values:': '  tag: 1.30.0\n  values:',
  }),
  ofFile('another image of istiod', 'RENDERED_WRONG_IMAGE', ['docker.io/istio/pilot:1.30.0'], {
    '    pilot:': '    pilot:\n      image: docker.io/istio/pilot:1.30.0',
  }),
  ofFile('one replica', 'RENDERED_ONE_REPLICA, RENDERED_NO_DISRUPTION_BUDGET', ['1 replica'], {
    'replicaCount: 2': 'replicaCount: 1',
  }),
]

/** Writes Meshferry's operator file anew, with parts of the usual one replaced. */
export async function operatorFile(mesh: Mesh, parts: Readonly<Record<string, string>> = {}): Promise<void> {
  const text = Object.entries(parts).reduce((file, [from, to]) => file.replace(from, to), OPERATOR)
  writeFileSync(join(mesh.folder, 'operator.yaml'), text)
}

function ofFile(
  name: string,
  code: string,
  says: readonly string[],
  parts: Readonly<Record<string, string>>,
): Obstacle {
  return { name, code, says, put: (mesh) => operatorFile(mesh, parts), take: (mesh) => operatorFile(mesh) }
}

function ofObjects(name: string, code: string, says: readonly string[], objects: readonly KubeObject[]): Obstacle {
  const file = (mesh: Mesh): string => {
    const path = join(mesh.folder, 'obstacle.json')
    writeFileSync(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
    return path
  }
  return {
    name,
    code,
    says,
    put: (mesh) => kubectl(mesh, ['apply', '-f', file(mesh)]),
    take: (mesh) => kubectl(mesh, ['delete', '-f', file(mesh), '--wait=true']),
  }
}

/** OLD is unrevisioned: after the switch both istiods would claim it, and each would write its Deployment. */
function gatewayOf(gatewayClassName: string): Obstacle {
  const gateway = {
    ...objectOf('gateway.networking.k8s.io/v1', 'Gateway', 'edge', 'payments'),
    spec: { gatewayClassName, listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }] },
  }
  const plain = ofObjects(
    `a Gateway of class ${gatewayClassName}`,
    'KUBE_GATEWAYS_CONTESTED',
    ['payments/edge'],
    [gateway],
  )
  return {
    ...plain,
    put: async (mesh) => {
      await installGatewayApi(mesh)
      await plain.put(mesh)
    },
  }
}

function daemonSet(name: string, labels: Readonly<Record<string, string>>): KubeObject {
  const template = { metadata: { labels }, spec: { containers: CONTAINERS } }
  const spec = { selector: { matchLabels: labels }, template }
  return { ...objectOf('apps/v1', 'DaemonSet', name, 'istio-system', labels), spec }
}

function injectorByUrl(): KubeObject {
  const webhook = {
    name: 'rev.namespace.sidecar-injector.istio.io',
    clientConfig: { url: 'https://203.0.113.5:15017/inject' },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    namespaceSelector: { matchLabels: { 'istio.io/rev': 'external' } },
  }
  const { apiVersion, kind, metadata } = objectOf(
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration',
    'istio-sidecar-injector-external',
    undefined,
    { app: 'sidecar-injector', 'istio.io/rev': 'external' },
  )
  return { apiVersion: apiVersion ?? '', kind: kind ?? '', metadata, webhooks: [webhook] }
}

function objectOf(
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string | undefined = kind === 'MutatingWebhookConfiguration' ? undefined : 'istio-system',
  labels: Readonly<Record<string, string>> = {},
): KubeObject {
  return { apiVersion, kind, metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) } }
}

async function kubectl(mesh: Mesh, args: readonly string[]): Promise<void> {
  mustSucceed(await mesh.kubectl(args), `kubectl ${args.join(' ')}`)
}
