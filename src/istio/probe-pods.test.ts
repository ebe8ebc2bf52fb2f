import { describe, expect, test } from '@jest/globals'
import { meshOf, namespace, revisionInjector, tagInjector, workload } from '../../test/support/istio-builders.ts'
import { effectiveInjectors } from './effective-injector.ts'
import { movedBySwitch, namespaceClassesOf } from './namespace-classes.ts'
import type { ProbePod } from './probe-pods.ts'
import { PROBE_LABEL, probePodsFor, revisionProbe } from './probe-pods.ts'
import type { Mesh } from './mesh.ts'

const PLANES = [
  { revision: 'default', version: '1.30.0' },
  { revision: 'x', version: '1.31.0' },
]

function mesh(): Mesh {
  const optOut = { labels: { 'sidecar.istio.io/inject': 'false' } }
  const base = meshOf(PLANES, {
    mutatingWebhooks: [tagInjector('default', 'default'), tagInjector('prod', 'default'), revisionInjector('x')],
    namespaces: [
      namespace('enabled', { 'istio-injection': 'enabled' }),
      namespace('empty', { 'istio-injection': 'enabled' }),
      namespace('tagged', { 'istio.io/rev': 'prod' }),
      namespace('explicit', { 'istio.io/rev': 'x' }),
      namespace('bypod'),
      namespace('off', { 'istio-injection': 'disabled' }),
      namespace('plain'),
    ],
    workloads: [
      workload('enabled', 'a-off', optOut),
      workload('enabled', 'b-pinned', { annotations: { 'sidecar.istio.io/proxyImage': 'x' } }),
      { ...workload('enabled', 'c-set'), kind: 'StatefulSet' },
      workload('enabled', 'd-plain', { labels: { app: 'd' } }),
      workload('tagged', 't'),
      workload('explicit', 'e'),
      workload('bypod', 'asks-true', { labels: { 'sidecar.istio.io/inject': 'true' } }),
      workload('bypod', 'asks-prod', { labels: { 'istio.io/rev': 'prod' } }),
      workload('bypod', 'asks-nothing'),
      workload('off', 'o'),
    ],
  })
  return base
}

describe('probes', () => {
  const probes = probePodsFor(mesh(), namespaceClassesOf(mesh()))
  const shown = ({ classKey, namespace: where, source }: ProbePod): readonly string[] => [classKey, where, source]

  test('one for each namespace of each class, from a real template that is injected and ordinary', () => {
    expect(probes.map(shown)).toEqual([
      ['enabled', 'empty', 'minimal'],
      ['enabled', 'enabled', 'Deployment enabled/d-plain'],
      ['pod-level:istio.io/rev=prod', 'bypod', 'Deployment bypod/asks-prod'],
      ['pod-level:sidecar.istio.io/inject=true', 'bypod', 'Deployment bypod/asks-true'],
      ['revision:x', 'explicit', 'Deployment explicit/e'],
      ['tag:prod', 'tagged', 'Deployment tagged/t'],
    ])
  })

  test('are recognisable, belong to nobody, and get what their class gets', () => {
    const read = mesh()
    for (const probe of probes) {
      const { metadata } = probe.pod
      expect(metadata).toMatchObject({ generateName: 'meshferry-probe-', namespace: probe.namespace })
      expect(metadata.labels?.[PROBE_LABEL]).toBe('true')
      expect(metadata.ownerReferences).toBeUndefined()
      const labels = read.namespaces.find((one) => one.metadata.name === probe.namespace)?.metadata.labels ?? {}
      const injection = effectiveInjectors(read, labels, metadata.labels ?? {}, { namespace: probe.namespace })
      const ofClass = namespaceClassesOf(read).find(({ key }) => key === probe.classKey)?.injection
      expect(injection).toEqual(ofClass)
    }
  })

  test('one that asks for NEW by its own label, in a namespace without labels', () => {
    const { pod } = revisionProbe('meshferry', 'x')
    expect(effectiveInjectors(mesh(), {}, pod.metadata.labels ?? {})).toMatchObject({ kind: 'one', revision: 'x' })
  })
})

test('a switch moves what goes through a tag or the default, never an explicit revision or a kept tag', () => {
  const moved = (keep: readonly string[]): readonly string[] =>
    namespaceClassesOf(mesh())
      .filter((one) => movedBySwitch(one, 'default', keep))
      .map(({ key }) => key)
  expect(moved([])).toEqual([
    'enabled',
    'pod-level:istio.io/rev=prod',
    'pod-level:sidecar.istio.io/inject=true',
    'tag:prod',
  ])
  expect(moved(['prod'])).toEqual(['enabled', 'pod-level:sidecar.istio.io/inject=true'])
})
