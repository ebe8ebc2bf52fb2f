import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { seedIstio } from '../kube-server/seed/seed-istio.ts'
import { type KubeServer, startKubeServer } from '../kube-server/server.ts'
import { startSlackServer, type SlackServer } from '../slack-server/server.ts'
import { newTroubles } from './all-troubles.ts'
import type { TroubleParts } from './trouble-parts.ts'

const KIND = 'MutatingWebhookConfiguration'
const REGISTRATION = 'admissionregistration.k8s.io/v1'
let kube: KubeServer
let slack: SlackServer

beforeEach(async () => {
  kube = await startKubeServer()
  slack = await startSlackServer({ channels: [{ id: 'C0PROD', name: 'prod' }] })
  seedIstio(kube, { version: '1.30.0', era: 'tag' })
})
afterEach(async () => {
  await kube.close()
  await slack.close()
})

function troublesWith(workers: TroubleParts['workers']): ReturnType<typeof newTroubles> {
  const redis = { flush: async () => undefined }
  return newTroubles({ kube, slack, channels: ['C0PROD'], redis, workers, now: () => 0 })
}

const nobody = { leads: () => false, killLeader: () => false }

test('Argo CD says whether what it puts back still has a Service to call', async () => {
  const { argocd } = troublesWith(nobody)
  expect(argocd.bites()).toBeNull()
  expect(await argocd.start()).toBe(false)
  for (const object of kube.list(REGISTRATION, KIND)) {
    kube.put({ ...object, metadata: { ...object.metadata, labels: { other: 'yes' } } } as KubeObject, 'kubectl-label')
  }
  expect(argocd.bites()).toContain('new pods get the old sidecar again')
  for (const { metadata } of kube.list('v1', 'Service', 'istio-system'))
    kube.remove('v1', 'Service', metadata.name, 'istio-system')
  expect(argocd.bites()).toContain('calls a Service that is gone')
  expect(await argocd.start()).toBe(true)
  expect(argocd.bites()).toBeNull()
  await argocd.end?.()
})

test('a kill says what was lost only when somebody leads again, and one that hit nobody says nothing', async () => {
  let isLed = true
  const killed = troublesWith({ leads: () => isLed, killLeader: () => isLed })['worker-killed']
  isLed = false
  expect(await killed.start()).toBe(false)
  expect(killed.state()).toEqual({ kind: 'quiet' })
  isLed = true
  expect(await killed.start()).toBe(true)
  isLed = false
  expect(killed.state()).toMatchObject({ kind: 'over', lost: 'nobody leads yet' })
  isLed = true
  expect(killed.state()).toMatchObject({ kind: 'over', lost: 'nothing' })
})
