import { describe, expect, test } from '@jest/globals'
import type { Container, ObjectMeta, Pod } from './objects.ts'
import { judgeProbe } from './proof.ts'
import { sidecarOf } from './sidecar.ts'

type Parts = {
  readonly labels?: ObjectMeta['labels']
  readonly annotations?: ObjectMeta['annotations']
  readonly containers?: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly phase?: string
}

function pod({ labels = {}, annotations = {}, containers = [], initContainers = [], phase = 'Running' }: Parts): Pod {
  const spec = { containers: [{ name: 'app', image: 'app:1' }, ...containers], initContainers }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'n', labels, annotations },
    spec,
    status: { phase },
  }
}

const proxy = (image: string, more: Partial<Container> = {}): Container => ({ name: 'istio-proxy', image, ...more })
const status = (text: object): Record<string, string> => ({ 'sidecar.istio.io/status': JSON.stringify(text) })

describe('the sidecar of a pod, by generation', () => {
  test.each<[string, Parts, object]>([
    [
      '1.7: the label that the injector set',
      {
        labels: { 'istio.io/rev': 'default' },
        annotations: status({ version: 'abc' }),
        containers: [proxy('docker.io/istio/proxyv2:1.7.8')],
      },
      { kind: 'sidecar', revision: 'default', evidence: 'label', version: '1.7.8' },
    ],
    [
      '1.10: the same',
      {
        labels: { 'istio.io/rev': 'r' },
        annotations: status({ containers: [] }),
        containers: [proxy('istio/proxyv2:1.10.3')],
      },
      { revision: 'r', evidence: 'label' },
    ],
    [
      '1.11: the status says it',
      { annotations: status({ revision: 'default' }), containers: [proxy('x/proxyv2:1.11.8')] },
      { revision: 'default', evidence: 'status' },
    ],
    [
      '1.15: a label is only a wish',
      { labels: { 'istio.io/rev': 'prod-stable' }, annotations: status({}), containers: [proxy('x/proxyv2:1.15.0')] },
      { revision: null, evidence: 'none' },
    ],
    [
      '1.20: the annotation',
      { annotations: { ...status({}), 'istio.io/rev': '1-20' }, containers: [proxy('x/proxyv2:1.20.3-distroless')] },
      { revision: '1-20', evidence: 'annotation', version: '1.20.3-distroless' },
    ],
    [
      'a label of an image without version',
      { labels: { 'istio.io/rev': 'r' }, annotations: status({}), containers: [proxy('x/proxyv2@sha256:12')] },
      { revision: null, version: null },
    ],
    [
      'native',
      {
        annotations: status({ revision: 'r' }),
        initContainers: [proxy('x/proxyv2:1.31.0', { restartPolicy: 'Always' })],
      },
      { native: true, doubled: false, revision: 'r' },
    ],
    [
      'twice',
      {
        annotations: status({ revision: 'r' }),
        containers: [proxy('x/proxyv2:1.30.0')],
        initContainers: [proxy('x/proxyv2:1.31.0')],
      },
      { doubled: true },
    ],
    [
      'pinned',
      {
        annotations: { ...status({ revision: 'r' }), 'sidecar.istio.io/proxyImage': 'x/proxyv2:1.9.0' },
        containers: [proxy('x/proxyv2:1.9.0')],
      },
      { pinnedImage: 'x/proxyv2:1.9.0', version: '1.9.0' },
    ],
    [
      'a gateway by injection',
      {
        annotations: { ...status({ revision: 'r' }), 'inject.istio.io/templates': 'gateway' },
        containers: [proxy('x/proxyv2:1.30.0')],
      },
      { kind: 'gateway' },
    ],
    [
      'a waypoint',
      {
        labels: { 'gateway.istio.io/managed': 'istio.io-mesh-controller' },
        annotations: { 'istio.io/rev': 'r' },
        containers: [proxy('x/proxyv2:1.30.0')],
      },
      { kind: 'waypoint', revision: 'r' },
    ],
    [
      'a Gateway API gateway',
      {
        labels: { 'gateway.istio.io/managed': 'istio.io-gateway-controller' },
        containers: [proxy('x/proxyv2:1.30.0')],
      },
      { kind: 'kube-gateway' },
    ],
    [
      'ztunnel',
      { labels: { app: 'ztunnel' }, containers: [proxy('x/ztunnel:1.30.0')] },
      { kind: 'none', why: 'ztunnel' },
    ],
    [
      'finished',
      { phase: 'Succeeded', annotations: status({ revision: 'r' }), containers: [proxy('x/proxyv2:1.30.0')] },
      { kind: 'none', why: 'finished' },
    ],
    ['no sidecar', {}, { kind: 'none', why: 'not-injected' }],
    ['a status without a proxy', { annotations: status({ revision: 'r' }) }, { kind: 'none' }],
    [
      'a status that is no JSON',
      { annotations: { 'sidecar.istio.io/status': '{' }, containers: [proxy('x/proxyv2:1.30.0')] },
      { revision: null },
    ],
  ])('%s', (_, parts, expected) => {
    expect(sidecarOf(pod(parts))).toMatchObject(expected)
  })
})

describe('judging a probe', () => {
  const injected = (revision: string, image = 'x/proxyv2:1.31.0', more: Parts = {}): Pod =>
    pod({ annotations: { ...status({ revision }), ...more.annotations }, containers: [proxy(image)] })
  const admitted = (one: Pod) => ({ kind: 'admitted', pod: one }) as const
  const refused = (statusCode: number, message: string) =>
    ({ kind: 'refused', status: statusCode, reason: 'x', message }) as const

  test.each([
    ['right', 'PROBE_RIGHT', '1-31-0', '1.31.0', admitted(injected('1-31-0'))],
    ['right', 'PROBE_RIGHT', '1-31-0', '1.31.0', admitted(injected('1-31-0', 'x/proxyv2:1.31.0-distroless'))],
    [
      'right',
      'PROBE_RIGHT',
      '1-31-0',
      '1.31.0',
      admitted(
        injected('1-31-0', 'x/proxyv2:1.9.0', { annotations: { 'sidecar.istio.io/proxyImage': 'x/proxyv2:1.9.0' } }),
      ),
    ],
    ['right', 'PROBE_NO_SIDECAR_AS_EXPECTED', null, null, admitted(pod({}))],
    ['wrong', 'PROBE_UNEXPECTED_SIDECAR', null, null, admitted(injected('default'))],
    ['wrong', 'PROBE_NO_SIDECAR', '1-31-0', null, admitted(pod({}))],
    ['wrong', 'PROBE_OTHER_REVISION', '1-31-0', null, admitted(injected('default'))],
    ['wrong', 'PROBE_OTHER_VERSION', '1-31-0', '1.31.0', admitted(injected('1-31-0', 'x/proxyv2:1.30.0'))],
    [
      'unprovable',
      'PROBE_REVISION_UNKNOWN',
      '1-31-0',
      null,
      admitted(pod({ annotations: status({}), containers: [proxy('x/p:1.31.0')] })),
    ],
    ['unprovable', 'PROBE_API_UNREACHABLE', 'r', null, { kind: 'unreachable', message: 'ECONNREFUSED' } as const],
    [
      'wrong',
      'PROBE_INJECTOR_FAILED',
      'r',
      null,
      refused(
        500,
        'Internal error occurred: failed calling webhook "namespace.sidecar-injector.istio.io": failed to call webhook: Post "https://istiod-1-31-0.istio-system.svc:443/inject?timeout=10s": service "istiod-1-31-0" not found',
      ),
    ],
    [
      'wrong',
      'PROBE_INJECTOR_DENIED',
      'r',
      null,
      refused(400, 'admission webhook "rev.object.sidecar-injector.istio.io" denied the request: bad template'),
    ],
    [
      'wrong',
      'PROBE_DOUBLE',
      'r',
      null,
      refused(422, 'Pod "x" is invalid: spec.containers[2].name: Duplicate value: "istio-proxy"'),
    ],
    [
      'unprovable',
      'PROBE_QUOTA',
      'r',
      null,
      refused(
        403,
        'pods "x" is forbidden: exceeded quota: compute, requested: requests.cpu=200m, used: requests.cpu=0, limited: requests.cpu=100m',
      ),
    ],
    [
      'unprovable',
      'PROBE_QUOTA',
      'r',
      null,
      refused(403, 'pods "x" is forbidden: failed quota: compute: must specify requests.cpu'),
    ],
    [
      'unprovable',
      'PROBE_POD_SECURITY',
      'r',
      null,
      refused(403, 'pods "x" is forbidden: violates PodSecurity "restricted:latest": unrestricted capabilities'),
    ],
    [
      'unprovable',
      'PROBE_OTHER_WEBHOOK',
      'r',
      null,
      refused(400, 'admission webhook "validate.kyverno.svc-fail" denied the request: no latest tags'),
    ],
    [
      'unprovable',
      'PROBE_OTHER_WEBHOOK',
      'r',
      null,
      refused(500, 'failed calling webhook "mutate.kyverno.svc": context deadline exceeded'),
    ],
    [
      'unprovable',
      'PROBE_POLICY',
      'r',
      null,
      refused(422, "pods \"x\" is forbidden: ValidatingAdmissionPolicy 'no-root' with binding 'b' denied request: no"),
    ],
    [
      'unprovable',
      'PROBE_LIMIT_RANGE',
      'r',
      null,
      refused(403, 'pods "x" is forbidden: minimum cpu usage per Container is 100m, but request is 10m'),
    ],
    [
      'unprovable',
      'PROBE_SERVICE_ACCOUNT',
      'r',
      null,
      refused(
        403,
        'pods "x" is forbidden: error looking up service account shop/cart: serviceaccount "cart" not found',
      ),
    ],
    [
      'unprovable',
      'PROBE_NAMESPACE_TERMINATING',
      'r',
      null,
      refused(403, 'pods "x" is forbidden: unable to create new content in namespace n because it is being terminated'),
    ],
    [
      'unprovable',
      'PROBE_FORBIDDEN',
      'r',
      null,
      refused(
        403,
        'pods is forbidden: User "worker" cannot create resource "pods" in API group "" in the namespace "n"',
      ),
    ],
    ['unprovable', 'PROBE_NAMESPACE_MISSING', 'r', null, refused(404, 'namespaces "n" not found')],
    ['unprovable', 'PROBE_POD_INVALID', 'r', null, refused(422, 'Pod "x" is invalid: spec.x')],
    ['unprovable', 'PROBE_API_UNREACHABLE', 'r', null, refused(503, 'apiserver is shutting down')],
    ['unprovable', 'PROBE_REFUSED', 'r', null, refused(403, 'no')],
  ])('%s: %s', (verdict, code, revision, version, answer) => {
    expect(judgeProbe(revision, version, answer)).toMatchObject({ verdict, code })
  })

  test('who refused is named', () => {
    expect(judgeProbe('r', null, refused(403, 'exceeded quota: compute, requested')).facts).toMatchObject({
      quota: 'compute',
    })
    expect(judgeProbe('r', null, refused(403, 'error looking up service account shop/cart: x')).facts).toMatchObject({
      serviceAccount: 'cart',
    })
  })
})
