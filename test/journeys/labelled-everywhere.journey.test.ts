import { expect, test } from '@jest/globals'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { install } from '../support/acts.ts'
import { aStage } from './stage.ts'

test('where every namespace is labelled, NEW is asked for in an empty namespace of ours', async () => {
  const { kube, rig } = await aStage({ prepare: labelAll })
  await install(rig)
  expect(kube.get('v1', 'Namespace', 'meshferry-probe')?.metadata.labels).not.toHaveProperty('istio-injection')
  expect(kube.list('v1', 'Pod', 'meshferry-probe')).toEqual([])
}, 90_000)

/** As a company does that wants every team to choose: no namespace without a word about injection. */
function labelAll(kube: KubeServer): void {
  for (const { metadata } of kube.list('v1', 'Namespace')) {
    const labels = metadata.labels ?? {}
    const chosen = 'istio-injection' in labels || 'istio.io/rev' in labels
    if (!chosen) seedNamespace(kube, { name: metadata.name, labels: { ...labels, 'istio-injection': 'disabled' } })
  }
}
