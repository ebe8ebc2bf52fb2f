import { expect, test } from '@jest/globals'
import { meshOf, namespace, tagInjector, workload } from '../../test/support/istio-builders.ts'
import type { Mesh } from '../istio/mesh.ts'
import { classPlans } from '../upgrade/make-plan.ts'
import { planSteps } from '../upgrade/plan-steps.ts'
import { questionsFor } from './prove-injection.ts'

const PLANES = [{ revision: 'default', version: '1.30.0' }]
const ASKING = { 'sidecar.istio.io/inject': 'true' }
const POD_LEVEL = 'pod-level:sidecar.istio.io/inject=true'

const meshWith = (parts: Partial<Mesh>): Mesh =>
  meshOf(PLANES, {
    mutatingWebhooks: [tagInjector('default', 'default')],
    namespaces: [namespace('shop', { 'istio-injection': 'enabled' }), namespace('kafka'), namespace('plain')],
    ...parts,
  })

const planned = (() => {
  const mesh = meshWith({ workloads: [workload('kafka', 'broker', { labels: ASKING })] })
  return classPlans(mesh, 'default', '1-31-0', planSteps(mesh, 'default', '1.31.0'))
})()

const asked = (mesh: Mesh) =>
  questionsFor(mesh, planned, () => ['default'], {}).map(({ probe }) => [
    probe.classKey,
    probe.namespace,
    probe.source,
    probe.pod.metadata.labels?.['sidecar.istio.io/inject'],
  ])

test('a planned class whose workloads nobody sees any more is asked for all the same', () => {
  expect(asked(meshWith({ workloads: [] }))).toEqual([
    ['enabled', 'shop', 'minimal', undefined],
    [POD_LEVEL, 'kafka', 'minimal', 'true'],
  ])
})

test('not where its namespace is gone, or says by a label of its own what its pods get', () => {
  const gone = [namespace('shop', { 'istio-injection': 'enabled' })]
  expect(asked(meshWith({ namespaces: gone })).map(([key]) => key)).toEqual(['enabled'])
  const labelled = [...gone, namespace('kafka', { 'istio-injection': 'disabled' })]
  expect(asked(meshWith({ namespaces: labelled })).map(([key]) => key)).toEqual(['enabled'])
})

test('a class that is there is asked for once', () => {
  const elsewhere = meshWith({ workloads: [workload('plain', 'new', { labels: ASKING })] })
  expect(asked(elsewhere).filter(([key]) => key === POD_LEVEL)).toEqual([
    [POD_LEVEL, 'plain', 'Deployment plain/new', 'true'],
  ])
})
