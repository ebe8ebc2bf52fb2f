import { expect, test } from '@jest/globals'
import { controllerOf, ownersFrom, workloadOf } from './owners.ts'

function controlledBy(apiVersion: string, kind: string) {
  return { ownerReferences: [{ apiVersion, kind, name: 'x', uid: 'u', controller: true }] }
}

test.each([
  ['apps/v1', 'Deployment', 'Deployment'],
  ['extensions/v1beta1', 'ReplicaSet', 'ReplicaSet'],
  ['v1', 'ReplicationController', 'ReplicationController'],
  ['batch/v1', 'Job', 'Job'],
  ['batch.volcano.sh/v1alpha1', 'Job', 'Job.batch.volcano.sh'],
  ['apps.kruise.io/v1beta1', 'StatefulSet', 'StatefulSet.apps.kruise.io'],
  ['argoproj.io/v1alpha1', 'Rollout', 'Rollout'],
])('%s %s is called %s', (apiVersion, kind, name) => {
  expect(controllerOf(controlledBy(apiVersion, kind))?.kind).toBe(name)
})

test('a Job of another group is no stranger: nothing stands between it and its pods', () => {
  const owner = controllerOf(controlledBy('batch.volcano.sh/v1alpha1', 'Job'))
  expect(workloadOf({ namespace: 'n', name: 'p', owner }, ownersFrom([]))).toMatchObject({
    kind: 'Job.batch.volcano.sh',
  })
})
