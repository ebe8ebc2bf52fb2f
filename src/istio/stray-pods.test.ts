import { describe, expect, test } from '@jest/globals'
import { meshOf, namespace, tagInjector, workload } from '../../test/support/istio-builders.ts'
import { gatewayRefusals } from './gateway-refusals.ts'
import type { Mesh } from './mesh.ts'
import { namespaceClassesOf } from './namespace-classes.ts'
import type { ObjectMeta, Pod } from './objects.ts'

const ASKING = { 'sidecar.istio.io/inject': 'true' }
const POD_LEVEL = 'pod-level:sidecar.istio.io/inject=true'

type Owner = NonNullable<ObjectMeta['ownerReferences']>[number]
const by = (kind: string, name: string, apiVersion = 'apps/v1'): readonly Owner[] => [
  { apiVersion, kind, name, uid: 'u', controller: true },
]

function aPod(ownerReferences: readonly Owner[], metadata: Partial<ObjectMeta> = {}, phase = 'Running'): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'broker-0', namespace: 'kafka', labels: ASKING, ownerReferences, ...metadata },
    status: { phase },
  }
}

const meshWith = (parts: Partial<Mesh>): Mesh =>
  meshOf([{ revision: 'default', version: '1.30.0' }], {
    mutatingWebhooks: [tagInjector('default', 'default')],
    namespaces: [namespace('kafka')],
    ...parts,
  })

const kafkaIn = (parts: Partial<Mesh>): readonly string[] =>
  namespaceClassesOf(meshWith(parts))
    .filter(({ namespaces }) => namespaces.includes('kafka'))
    .map(({ key }) => key)

describe('pods of whoever is no workload of ours speak for themselves', () => {
  test.each([
    ['nobody', []],
    ['an operator', by('StrimziPodSet', 'broker', 'core.strimzi.io/v1beta2')],
    [
      'a StatefulSet of another API, one of whose name is there,',
      by('StatefulSet', 'broker', 'apps.kruise.io/v1beta1'),
    ],
    ['a Job', by('Job', 'import', 'batch/v1')],
    ["a Rollout's ReplicaSet", by('ReplicaSet', 'broker-5d9')],
  ])('those of %s', (_, owners) => {
    const named = { ...workload('kafka', 'broker'), kind: 'StatefulSet' }
    expect(kafkaIn({ pods: [aPod(owners)], workloads: [named] })).toContain(POD_LEVEL)
  })

  test('an ended pod says nothing about the next one', () => {
    expect(kafkaIn({ pods: [aPod(by('Job', 'import', 'batch/v1'), {}, 'Succeeded')] })).toEqual(['not-injected'])
  })

  test('what an older template wrote on the pod is not what its maker asks for', () => {
    const labels = { ...ASKING, 'istio.io/rev': 'default' }
    const annotations = { 'sidecar.istio.io/status': '{"revision":"default"}' }
    expect(kafkaIn({ pods: [aPod([], { labels, annotations })] })).toContain(POD_LEVEL)
  })
})

describe("a workload's template speaks for its pods", () => {
  const hash = { labels: { ...ASKING, 'pod-template-hash': '5d9' } }
  const withTemplate = (kind: string) => ({ ...workload('kafka', 'broker'), kind })
  test.each([
    ['Deployment', aPod(by('ReplicaSet', 'broker-5d9'), hash)],
    ['StatefulSet', aPod(by('StatefulSet', 'broker'))],
    ['DaemonSet', aPod(by('DaemonSet', 'broker'))],
    ['CronJob', aPod(by('Job', 'broker-29100480', 'batch/v1'))],
  ])('%s', (kind, pod) => {
    expect(kafkaIn({ pods: [pod], workloads: [withTemplate(kind)] })).toEqual(['not-injected'])
    expect(kafkaIn({ pods: [pod] })).toEqual([POD_LEVEL])
  })
})

test('gateways that no template shows would move all the same: each is named once, by who makes it', () => {
  const annotations = { 'inject.istio.io/templates': 'gateway' }
  const owners = by('Rollout', 'edge', 'argoproj.io/v1alpha1')
  const pods = [
    aPod(owners, { name: 'edge-1', annotations }),
    aPod(owners, { name: 'edge-2', annotations }),
    aPod([], { name: 'bare', annotations }),
    aPod([], { name: 'plain' }),
  ]
  expect(gatewayRefusals(meshWith({ pods }), 'default')).toEqual([
    { code: 'INJECTED_GATEWAYS_WOULD_MOVE', facts: { gateways: ['Pod kafka/bare', 'Rollout kafka/edge'] } },
  ])
})
