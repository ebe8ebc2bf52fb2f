import { describe, expect, test } from '@jest/globals'
import { recordedMesh, recordedText } from '../../test/support/recorded-mesh.ts'
import { meshConfigDifferences } from './mesh-config-differences.ts'
import { parseDocuments } from './manifest-documents.ts'
import { checkOperatorFile } from './operator-file.ts'
import { settingsOf } from './rendered-control-plane.ts'
import { checkRenderedTarget, renderedMeshConfigDifferences } from './rendered-target.ts'

const TARGET = { revision: '1-31-0', version: '1.31.0' }
const HEAD = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: prod }\nspec:\n'

/** Without the CRDs, which are nine tenths of it. */
const RENDERED = recordedText('manifests', 'minimal-1-31-0.yaml')
  .split(/^---$/m)
  .filter((document) => !document.includes('kind: CustomResourceDefinition'))
  .join('---')

const codes = (yaml: string): readonly string[] =>
  checkOperatorFile(yaml, TARGET, 'istio-system').map(({ code }) => code)

describe('the operator file', () => {
  test.each([
    ['minimal', '  profile: minimal', []],
    [
      'default without its gateway',
      '  components: { ingressGateways: [{ name: istio-ingressgateway, enabled: false }] }',
      [],
    ],
    ['pinned to the target', '  profile: minimal\n  tag: 1.31.0-distroless', []],
    ['default', '  profile: default', ['OPERATOR_FILE_PROFILE']],
    ['no profile', '  {}', ['OPERATOR_FILE_PROFILE']],
    ['an unknown profile', '  profile: mine', ['OPERATOR_FILE_PROFILE']],
    [
      'a gateway',
      '  profile: minimal\n  components: { egressGateways: [{ name: out, enabled: true }] }',
      ['OPERATOR_FILE_GATEWAYS'],
    ],
    [
      'a gateway without a word',
      '  profile: minimal\n  components: { ingressGateways: [{ name: in }] }',
      ['OPERATOR_FILE_GATEWAYS'],
    ],
    ['cni', '  profile: minimal\n  components: { cni: { enabled: true } }', ['OPERATOR_FILE_SINGLETON']],
    ['ztunnel', '  profile: minimal\n  components: { ztunnel: { enabled: true } }', ['OPERATOR_FILE_SINGLETON']],
    ['another revision', '  profile: minimal\n  revision: canary', ['OPERATOR_FILE_REVISION']],
    [
      'a default revision',
      '  profile: minimal\n  values: { defaultRevision: 1-31-0 }',
      ['OPERATOR_FILE_DEFAULT_REVISION'],
    ],
    ['tags', '  profile: minimal\n  values: { revisionTags: [prod] }', ['OPERATOR_FILE_REVISION_TAGS']],
    ['another tag', '  profile: minimal\n  values: { global: { tag: 1.30.0 } }', ['OPERATOR_FILE_TAG']],
    ['a number for a tag', '  profile: minimal\n  tag: 1.3', ['OPERATOR_FILE_TAG']],
    ['remote', '  profile: minimal\n  values: { istiodRemote: { enabled: true } }', ['OPERATOR_FILE_REMOTE']],
    [
      'another namespace',
      '  profile: minimal\n  values: { global: { istioNamespace: mesh } }',
      ['OPERATOR_FILE_NAMESPACE'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(codes(HEAD + spec)).toEqual(expected)
  })

  test('nameless, several, something else, unreadable', () => {
    expect(codes('kind: IstioOperator\nspec: { profile: minimal }')).toEqual(['OPERATOR_FILE_NAMELESS'])
    expect(codes(`${HEAD}  profile: minimal\n---\n${HEAD}  profile: minimal`)).toEqual(['OPERATOR_FILE_MANY_DOCUMENTS'])
    expect(codes('kind: Deployment')).toEqual(['OPERATOR_FILE_NOT_ISTIO_OPERATOR'])
    expect(codes('a: [')).toEqual(['OPERATOR_FILE_UNREADABLE'])
    expect(codes('')).toEqual(['OPERATOR_FILE_NOT_ISTIO_OPERATOR'])
  })
})

describe('the rendered target, as the real istioctl rendered it', () => {
  const mesh = recordedMesh('default-1.30.0')
  const render = (from: string | RegExp = '', to = ''): readonly unknown[] => {
    const parsed = parseDocuments(RENDERED.replaceAll(from === '' ? /$^/g : from, to))
    return parsed.ok ? parsed.value : []
  }
  const check = (documents: readonly unknown[], acknowledged: readonly string[] = []): readonly string[] =>
    checkRenderedTarget(mesh, 'default', TARGET, documents, { acknowledged }).map(({ code }) => code)
  const single = ['RENDERED_ONE_REPLICA', 'RENDERED_NO_DISRUPTION_BUDGET']

  test('its settings', () => {
    expect(settingsOf(render(), '1-31-0')).toMatchObject({
      pilotImage: 'docker.io/istio/pilot:1.31.0',
      proxyTag: '1.31.0',
      hub: 'docker.io/istio',
      clusterId: 'Kubernetes',
      replicas: 1,
      disruptionBudget: false,
    })
  })

  test('one istiod is too few, and nothing else is wrong', () => {
    expect(check(render())).toEqual(single)
    expect(renderedMeshConfigDifferences(mesh, 'default', TARGET, render())).toEqual([])
  })

  test.each([
    ['pilot:1.31.0', 'pilot:1.30.0', ['RENDERED_WRONG_IMAGE']],
    ['"tag": "1.31.0"', '"tag": "1.30.0"', ['RENDERED_WRONG_PROXY_TAG']],
    ['docker.io/istio', 'mirror.example.com/istio', ['RENDERED_HUB_DIFFERS']],
    ['trustDomain: cluster.local', 'trustDomain: other.local', ['RENDERED_IDENTITY_DIFFERS']],
    ['"network": ""', '"network": "n2"', ['RENDERED_IDENTITY_DIFFERS']],
    ['value: Kubernetes', 'value: other', ['RENDERED_IDENTITY_DIFFERS']],
    [
      'enablePrometheusMerge: true',
      'enablePrometheusMerge: false\n    outboundTrafficPolicy: { mode: REGISTRY_ONLY }',
      ['MESH_CONFIG_DIFFERS'],
    ],
  ])('%s → %s', (from, to, expected) => {
    expect(check(render(from, to)).filter((code) => !single.includes(code))).toEqual(expected)
  })

  test('what somebody acknowledged by name is let through, an identity never', () => {
    expect(check(render('docker.io/istio', 'mirror/istio'), ['hub'])).toEqual(single)
    expect(
      check(render('enablePrometheusMerge: true', 'enablePrometheusMerge: false'), ['enablePrometheusMerge']),
    ).toEqual(single)
    expect(check(render('trustDomain: cluster.local', 'trustDomain: x'), ['trustDomain'])).toContain(
      'RENDERED_IDENTITY_DIFFERS',
    )
  })

  test('objects that another revision, a tag or a gateway owns', () => {
    const meta = (name: string, labels = {}): object => ({ name, namespace: 'istio-system', labels })
    const gateway = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('istio-ingressgateway') }
    const service = { apiVersion: 'v1', kind: 'Service', metadata: meta('istiod') }
    const tag = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'istio-revision-tag-default', labels: { 'istio.io/tag': 'default' } },
    }
    expect(check([...render(), gateway])).toContain('RENDERED_FOREIGN_WORKLOADS')
    expect(check([...render(), service])).toContain('RENDERED_OVERWRITES')
    expect(check([...render(), tag])).toContain('RENDERED_OVERWRITES')
    expect(check([])).toEqual(['RENDERED_NO_CONTROL_PLANE'])
  })

  const said = (documents: readonly unknown[], version = '1.31.0') =>
    checkRenderedTarget(mesh, 'default', { revision: '1-31-0', version }, documents).filter(({ code }) =>
      /INJECTOR|ELSEWHERE/.test(code),
    )

  test('no injector at all, as operatorManageWebhooks leaves it', () => {
    const documents = render().filter((one) => (one as { kind: string }).kind !== 'MutatingWebhookConfiguration')
    expect(said(documents)).toEqual([
      { code: 'RENDERED_NO_INJECTOR', facts: { object: 'istio-sidecar-injector-1-31-0' } },
    ])
  })

  test.each([
    [
      'an entry by url',
      /service:\n\s+name: istiod-1-31-0\n\s+namespace: istio-system\n\s+path: \/inject\n\s+port: 443/g,
      'url: https://istiod.example.com/inject',
      { expected: 'istio-system/istiod-1-31-0', found: 'https://istiod.example.com/inject' },
    ],
    [
      'an entry that nobody knows',
      /rev\.object\.sidecar/g,
      'brandnew.sidecar',
      {
        expected: 'rev.namespace.sidecar-injector.istio.io rev.object.sidecar-injector.istio.io',
        found: 'rev.namespace.sidecar-injector.istio.io brandnew.sidecar-injector.istio.io',
      },
    ],
    ['another path', /path: \/inject$/gm, 'path: /other', { expected: '/inject', found: '/other' }],
    ['failing open', /failurePolicy: Fail/g, 'failurePolicy: Ignore', { expected: 'Fail', found: 'Ignore' }],
    [
      "another's Service",
      /name: istiod-1-31-0\n(\s+)namespace: istio-system\n(\s+)path: \/inject/g,
      'name: istiod-other\n$1namespace: istio-system\n$2path: /inject',
      { expected: 'istio-system/istiod-1-31-0', found: 'istio-system/istiod-other' },
    ],
  ])('%s', (_, from, to, facts) => {
    expect(said(render(from, to))[0]).toMatchObject({ code: 'RENDERED_INJECTOR_DIFFERS', facts })
    expect(said(render(from, to), '1.33.0')[0]).toMatchObject({ code: 'RENDERED_INJECTOR_DIFFERS', facts })
  })

  test('a path with cluster and network is known', () => {
    expect(said(render(/path: \/inject$/gm, 'path: /inject/cluster/c1/net/n1'))).toEqual([])
  })

  test('a control plane in another namespace', () => {
    const documents = render().map((one) => {
      const object = one as { kind: string; metadata: object }
      return object.kind === 'Deployment' ? { ...object, metadata: { ...object.metadata, namespace: 'mesh' } } : object
    })
    expect(said(documents)).toEqual([
      {
        code: 'RENDERED_ELSEWHERE',
        facts: { objects: ['Deployment mesh/istiod-1-31-0'], expected: 'istio-system' },
      },
    ])
  })

  test('OLD that can not be read is not compared as if it were empty', () => {
    const blind = { ...mesh, configMaps: [] }
    expect(checkRenderedTarget(blind, 'default', TARGET, render())).toEqual([
      { code: 'OLD_SETTINGS_UNKNOWN', facts: { revision: 'default' } },
    ])
  })
})

test('mesh configs are compared key by key, what follows from the revision left out', () => {
  const old = { defaultConfig: { discoveryAddress: 'istiod.x', tracing: { sampling: 1 } }, extra: {}, list: [1] }
  const next = { defaultConfig: { discoveryAddress: 'istiod-1.x', tracing: { sampling: 2 } }, list: [1, 2] }
  expect(meshConfigDifferences(old, next)).toEqual([
    { key: 'defaultConfig.tracing.sampling', old: '1', new: '2' },
    { key: 'list', old: '[1]', new: '[1,2]' },
  ])
})
