import { describe, expect, test } from '@jest/globals'
import {
  injectorObject,
  istiod,
  meshOf,
  namespace,
  oneEntryInjector,
  revisionInjector,
  tagInjector,
  workload,
} from '../../test/support/istio-builders.ts'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import { lastWriterOf, serviceNamePath } from './managed-fields.ts'
import type { Mesh } from './mesh.ts'
import { namespaceClassesOf } from './namespace-classes.ts'
import type { KubeGateway, ObjectMeta } from './objects.ts'
import { ownersOf } from './owners.ts'
import type { Side } from './refusals.ts'
import { unsupportedHere } from './refusals.ts'
import { warningsHere } from './warnings.ts'

const OLD: Side = { revision: 'default', version: '1.30.0' }
const NEW: Side = { revision: '1-31-0', version: '1.31.0' }

const tagged = (parts: Partial<Mesh> = {}): Mesh =>
  meshOf([OLD], { mutatingWebhooks: [tagInjector('default', 'default'), tagInjector('prod', 'default')], ...parts })

const codes = (mesh: Mesh, from = OLD, to = NEW, options = {}): readonly string[] =>
  unsupportedHere(mesh, from, to, options).map(({ code }) => code)

const gateway = (labels: ObjectMeta['labels'], gatewayClassName = 'istio'): KubeGateway => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'shop', labels: labels ?? {} },
  spec: { gatewayClassName },
})

describe('what nothing stands against', () => {
  test.each(['default-1.30.0', 'helm-1.30.0', 'two-revisions'])('recorded: %s', (scene) => {
    expect(unsupportedHere(recordedMesh(scene), OLD, NEW)).toEqual([])
  })

  test('built ones', () => {
    expect(codes(tagged())).toEqual([])
    expect(codes(meshOf([OLD], { mutatingWebhooks: [revisionInjector('default')] }))).toEqual([])
  })
})

describe('an entry that no tag could take over', () => {
  test('is patched, and so NEW must stand there before: 1.27 and later would take the default at install', () => {
    const mutatingWebhooks = [oneEntryInjector('default')]
    expect(codes(meshOf([OLD], { mutatingWebhooks }))).toEqual(['INSTALL_WOULD_FLIP_DEFAULT'])
    expect(codes(meshOf([OLD, NEW], { mutatingWebhooks }))).toEqual([])
    const old: Side = { revision: 'default', version: '1.9.9' }
    expect(codes(meshOf([old], { mutatingWebhooks }), old, { revision: '1-11-8', version: '1.11.8' })).toEqual([])
  })

  test('two objects of OLD are as an earlier patch leaves them, unless a tag would be made of them', () => {
    const old: Side = { revision: '1-9-9', version: '1.9.9' }
    const next: Side = { revision: '1-11-8', version: '1.11.8' }
    const moved = (oneEntryInjector('default').webhooks ?? []).map((entry, i) => {
      const { clientConfig } = oneEntryInjector('1-9-9').webhooks?.[i] ?? entry
      return { ...entry, clientConfig }
    })
    const patched = injectorObject('istio-sidecar-injector', { 'istio.io/rev': '1-9-9' }, moved)
    const mutatingWebhooks = [patched, oneEntryInjector('1-9-9')]
    const namespaces = [namespace('shop', { 'istio-injection': 'enabled' })]
    const mesh = meshOf([old], {
      mutatingWebhooks,
      namespaces: [...namespaces, namespace('own', { 'istio.io/rev': '1-9-9' })],
    })
    expect(codes(mesh, old, next)).toEqual([])
    expect(namespaceClassesOf(mesh).map(({ key, movable }) => [key, movable])).toEqual([
      ['enabled', true],
      ['revision:1-9-9', false],
    ])
    const gateways = { 'inject.istio.io/templates': 'gateway' }
    const edge = workload('shop', 'edge', { annotations: gateways })
    expect(codes({ ...mesh, workloads: [...mesh.workloads, edge] }, old, next)).toEqual([
      'INJECTED_GATEWAYS_WOULD_MOVE',
    ])
    const withTag = [...mutatingWebhooks, tagInjector('prod', '1-9-9')]
    expect(codes(meshOf([old], { mutatingWebhooks: withTag, namespaces }), old, next)).toEqual(['INJECTORS_DOUBLED'])
  })
})

describe('what is refused by name', () => {
  test.each([
    ['poisoned-object', ['INJECTOR_POISONED']],
    ['poisoned-tag', ['INJECTOR_POISONED', 'TAG_MISMATCH']],
    ['helm-tag-removed-then-upgraded', ['INJECTION_MISSING']],
    ['new-removed-under-default-tag', ['INJECTION_MISSING']],
  ])('recorded: %s', (scene, expected) => {
    expect(codes(recordedMesh(scene))).toEqual(expected)
  })

  const waypoint = gateway({}, 'istio-waypoint')
  const injected = workload('istio-system', 'istio-ingressgateway', {
    labels: { 'sidecar.istio.io/inject': 'true' },
    annotations: { 'inject.istio.io/templates': 'gateway' },
  })
  const daemon = (image: string) => ({
    ...workload('istio-system', 'd'),
    kind: 'DaemonSet',
    template: { spec: { containers: [{ name: 'x', image }] } },
  })
  const owned = (metadata: Partial<ObjectMeta>): Partial<Mesh> => {
    const plain = istiod('default', '1.30.0')
    return { workloads: [{ ...plain, metadata: { ...plain.metadata, ...metadata } }] }
  }

  test.each<[string, Partial<Mesh>]>([
    ['KUBE_GATEWAYS_CONTESTED', { kubeGateways: [gateway({})] }],
    ['KUBE_GATEWAYS_CONTESTED', { kubeGateways: [waypoint] }],
    ['KUBE_GATEWAYS_CONTESTED', { kubeGateways: [gateway({ 'istio.io/rev': 'default' })] }],
    ['KUBE_GATEWAYS_WOULD_MOVE', { kubeGateways: [gateway({ 'istio.io/rev': 'prod' })] }],
    [
      'INJECTED_GATEWAYS_WOULD_MOVE',
      { workloads: [istiod('default', '1.30.0'), injected], namespaces: [namespace('istio-system')] },
    ],
    ['AMBIENT_NOT_SUPPORTED', { namespaces: [namespace('a', { 'istio.io/dataplane-mode': 'ambient' })] }],
    ['AMBIENT_NOT_SUPPORTED', { workloads: [istiod('default', '1.30.0'), daemon('docker.io/istio/ztunnel:1.30.0')] }],
    [
      'MULTI_CLUSTER_NOT_SUPPORTED',
      { secrets: [{ metadata: { name: 'remote', labels: { 'istio/multiCluster': 'true' } } }] },
    ],
    ['MESH_PART_UNREADABLE', { unreadable: [{ part: 'secrets', reason: 'forbidden' }] }],
    ['OWNER_NOT_SUPPORTED', owned({ annotations: { 'argocd.argoproj.io/tracking-id': 'x' } })],
    ['OWNER_NOT_SUPPORTED', owned({ labels: { 'kustomize.toolkit.fluxcd.io/name': 'x' } })],
    [
      'OWNER_NOT_SUPPORTED',
      owned({ ownerReferences: [{ apiVersion: 'sailoperator.io/v1', kind: 'IstioRevision', name: 'd', uid: 'u' }] }),
    ],
  ])('%s', (code, parts) => {
    const base = tagged()
    const mesh = { ...base, ...parts }
    expect(codes(mesh)).toEqual([code])
  })

  test('gateways that ask for an explicit revision, or for a kept tag, stay and are no reason', () => {
    expect(codes(tagged({ kubeGateways: [gateway({ 'istio.io/rev': '1-31-0' })] }))).toEqual([])
    expect(
      codes(tagged({ kubeGateways: [gateway({ 'istio.io/rev': 'prod' })] }), OLD, NEW, { keepTags: ['prod'] }),
    ).toEqual([])
    expect(codes(tagged({ kubeGateways: [gateway({}, 'nginx')] }))).toEqual([])
  })

  test('hops: too long, by policy, never with cni; the chain is named', () => {
    const old = { revision: 'default', version: '1.28.2' }
    const mesh = meshOf([old], { mutatingWebhooks: [tagInjector('default', 'default')] })
    expect(unsupportedHere(mesh, old, NEW)).toEqual([
      {
        code: 'HOP_TOO_LONG',
        facts: { from: '1.28.2', to: '1.31.0', minors: 3, longest: 2, chain: ['1.30', '1.31.0'] },
      },
    ])
    expect(codes(mesh, old, NEW, { longHop: true })).toEqual([])
    const cni = { ...mesh, workloads: [...mesh.workloads, daemon('docker.io/istio/install-cni:1.28.2')] }
    expect(codes(cni, old, NEW, { longHop: true })).toEqual(['HOP_TOO_LONG_FOR_CNI'])
  })

  test('control planes and names', () => {
    expect(codes({ ...tagged(), workloads: [] })).toContain('OLD_UNKNOWN')
    expect(codes(tagged(), { revision: 'default', version: '1.29.0' })).toContain('OLD_VERSION_DIFFERS')
    expect(codes(tagged(), OLD, { revision: 'prod', version: '1.31.0' })).toContain('REVISION_NAME_TAKEN')
    expect(codes({ ...tagged(), kubernetesVersion: 'v1.29.3' })).toContain('KUBERNETES_NOT_SUPPORTED')
    const twice = { ...tagged(), workloads: [istiod('default', '1.30.0'), istiod('default', '1.30.0')] }
    expect(codes(twice)).toContain('CONTROL_PLANES_DOUBLED')
  })

  test('overlapping, missing and remote injectors', () => {
    const namespaces = [namespace('shop', { 'istio-injection': 'enabled' })]
    const both = tagged({
      namespaces,
      mutatingWebhooks: [tagInjector('default', 'default'), oneEntryInjector('default'), revisionInjector('default')],
    })
    expect(codes(both)).toEqual(expect.arrayContaining(['INJECTORS_OVERLAP', 'INJECTORS_DOUBLED']))
    const gone = tagged({ namespaces, mutatingWebhooks: [tagInjector('default', 'x', 'istiod-x')] })
    expect(codes(gone)).toEqual(expect.arrayContaining(['INJECTION_UNKNOWN', 'TAG_BROKEN']))
    const headless = { ...tagged(), services: tagged().services.map((one) => ({ ...one, spec: {} })) }
    expect(codes(headless)).toContain('REMOTE_CONTROL_PLANE')
  })
})

describe('what is said on the card', () => {
  test('warnings', () => {
    const said = (mesh: Mesh, from = OLD, to = NEW, options = {}): readonly string[] =>
      warningsHere(mesh, from, to, options).map(({ code }) => code)
    expect(said(tagged())).toEqual([])
    expect(said(tagged({ namespaces: [namespace('a', { 'istio.io/rev': 'gone' })] }))).toEqual([
      'REVISION_WITHOUT_INJECTOR',
    ])
    expect(said(tagged(), OLD, { revision: 'n', version: '1.33.0' })).toContain('ISTIO_MINOR_UNKNOWN')
    expect(said(tagged(), { revision: 'default', version: '1.28.0' }, NEW, { longHop: true })).toEqual([
      'HOP_LONG_BY_POLICY',
    ])
    expect(said(tagged({}), { revision: 'default', version: '1.27.0' }, { revision: 'n', version: '1.28.0' })).toEqual([
      'KUBERNETES_UNTESTED',
    ])
  })
})

test('a validator that leads nowhere already is named on the card, and refuses nothing', () => {
  const mesh = recordedMesh('two-revisions')
  const [from, to] = [
    { revision: 'default', version: '1.30.0' },
    { revision: '1-31-0', version: '1.31.0' },
  ]
  const own = mesh.validatingWebhooks.filter(({ metadata }) => metadata.name === 'istiod-default-validator')
  const gone = own.map((object) => ({
    ...object,
    webhooks: (object.webhooks ?? []).map((entry) => ({
      ...entry,
      clientConfig: { service: { namespace: 'istio-system', name: 'istiod-gone', path: '/validate' } },
    })),
  }))
  const broken = { ...mesh, validatingWebhooks: gone }
  expect(warningsHere(mesh, from, to).map(({ code }) => code)).not.toContain('VALIDATOR_BROKEN')
  expect(warningsHere(broken, from, to)).toContainEqual({
    code: 'VALIDATOR_BROKEN',
    facts: { object: 'istiod-default-validator', services: ['istio-system/istiod-gone'] },
  })
  expect(unsupportedHere(broken, from, to).map(({ code }) => code)).toEqual(
    unsupportedHere(mesh, from, to).map(({ code }) => code),
  )
})

describe('owners and writers', () => {
  test('Helm by all three signs; istioctl although it leaves managed-by: Helm on its objects', () => {
    const owner = (scene: string): readonly string[] => [
      ...new Set(ownersOf(recordedMesh(scene)).map((one) => one.owner)),
    ]
    expect(owner('default-1.30.0')).toEqual(['istioctl'])
    expect(owner('helm-1.30.0')).toEqual(['helm'])
    expect(owner('helm-then-istioctl-1-31-0').toSorted()).toEqual(['helm', 'istioctl'])
    const forgotten = { ...recordedMesh('helm-1.30.0'), secrets: [] }
    expect(new Set(ownersOf(forgotten).map((one) => one.owner))).toEqual(new Set(['unknown']))
  })

  test('the last writer of one field', () => {
    const object = revisionInjector('default')
    const [first] = object.webhooks ?? []
    const key = `k:${JSON.stringify({ name: first?.name })}`
    const at = (manager: string, time: string, fields: object) => ({
      manager,
      operation: 'Update',
      time,
      fieldsV1: { 'f:webhooks': { [key]: { 'f:clientConfig': fields } } },
    })
    const managedFields = [
      at('istio-operator', '2026-11-01T00:00:00Z', { 'f:service': { 'f:name': {} } }),
      at('kubectl-patch', '2026-11-02T00:00:00Z', { 'f:service': { 'f:name': {} } }),
      at('pilot-discovery', '2026-11-03T00:00:00Z', { 'f:caBundle': {} }),
    ]
    const live = { ...object, metadata: { ...object.metadata, managedFields } }
    expect(lastWriterOf(live, serviceNamePath(first?.name ?? ''))?.manager).toBe('kubectl-patch')
    expect(lastWriterOf(live)?.manager).toBe('pilot-discovery')
    expect(lastWriterOf(object)).toBeNull()
  })
})
