import { expect, test } from '@jest/globals'
import type { KubeObject } from '../../src/sandbox/kube-server/kube-object.ts'
import { switchOver } from '../support/acts.ts'
import { said } from '../support/people.ts'
import { until } from '../support/until.ts'
import { recordOf } from './attackers.ts'
import { aStage, type Stage } from './stage.ts'

const REGISTRATION = 'admissionregistration.k8s.io/v1'

const VENDOR = {
  apiVersion: REGISTRATION,
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'vendor' },
  webhooks: [
    {
      name: 'vendor.sidecar-injector.istio.io',
      clientConfig: { url: 'https://127.0.0.1:9/inject' },
      namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      failurePolicy: 'Ignore',
    },
  ],
} as unknown as KubeObject

const openAlarms = (stage: Stage): readonly string[] =>
  recordOf(stage).run.alarms.flatMap(({ what, endedAt }) => (endedAt ? [] : [what.code]))

test('a second injector by URL that comes after the switch is a double, though pods look right; it ends with it', async () => {
  const stage = await aStage()
  const { kube, rig } = stage
  await switchOver(rig)
  kube.put(VENDOR, 'vendor')
  await said(rig, 'Alarm on', 'vendor')
  await until(() => openAlarms(stage).includes('ALARM_DOUBLE'))
  expect(openAlarms(stage)).toContain('ALARM_DOUBLE')
  kube.remove(REGISTRATION, 'MutatingWebhookConfiguration', 'vendor')
  await until(() => !openAlarms(stage).includes('ALARM_DOUBLE'))
}, 240_000)
