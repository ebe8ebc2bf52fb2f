import { describe, expect, test } from '@jest/globals'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { LabelSelector, WebhookConfiguration } from '../istio/objects.ts'
import { lostWebhooks, webhooksTakenFromOthers } from '../istio/webhooks-leading.ts'
import { podsUnknown, resolvingTo, stillUsing } from './still-using.ts'

const SWITCHED = recordedMesh('switched')
const OLDS = { 'istio.io/rev': 'default' }
const OWNED = {
  ...OLDS,
  'operator.istio.io/component': 'Pilot',
  'install.operator.istio.io/owning-resource-namespace': 'istio-system',
}
const NOBODY_YET: LabelSelector = { matchLabels: { team: 'of-next-year' } }

function webhook(
  entry: string,
  labels: Record<string, string>,
  namespaceSelector?: LabelSelector,
): WebhookConfiguration {
  const clientConfig = { service: { name: 'istiod', namespace: 'istio-system', path: '/x' } }
  const selector = namespaceSelector ? { namespaceSelector } : {}
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'extra', labels },
    webhooks: [{ name: entry, clientConfig, failurePolicy: 'Fail', ...selector }],
  }
}

function mutating(extra: WebhookConfiguration): Mesh {
  return { ...SWITCHED, mutatingWebhooks: [...SWITCHED.mutatingWebhooks, extra] }
}

function validating(extra: WebhookConfiguration): Mesh {
  const object = { ...extra, kind: 'ValidatingWebhookConfiguration' }
  return { ...SWITCHED, validatingWebhooks: [...SWITCHED.validatingWebhooks, object] }
}

describe('a webhook that calls a Service of OLD', () => {
  const before = resolvingTo(SWITCHED, 'default')

  test('the recorded cluster has only the kept tag and what relies on it', () => {
    expect(before.filter((one) => !one.startsWith('namespaces'))).toEqual(['tag prod-stable'])
  })

  test.each([
    ['of another kind', mutating(webhook('audit.example.com', OLDS)), 'webhook extra'],
    ['that injects nobody yet', mutating(webhook('x.sidecar-injector.istio.io', OLDS, NOBODY_YET)), 'injector extra'],
    ['that validates', validating(webhook('check.example.com', OLDS)), 'webhook extra'],
    ['that validates for OLD alone', validating(webhook('rev.validation.istio.io', OLDS)), 'validator extra'],
    ['without any label', mutating(webhook('audit.example.com', {})), 'webhook extra'],
    [
      'of another Istio’s install',
      mutating(webhook('a.example.com', { ...OWNED, 'install.operator.istio.io/owning-resource-namespace': 'other' })),
      'webhook extra',
    ],
    [
      'that only its labels take with OLD, as a tag',
      mutating(webhook('x.sidecar-injector.istio.io', { ...OWNED, 'istio.io/tag': 'late' }, NOBODY_YET)),
      'tag late',
    ],
  ])('%s keeps it, by name, whatever its revision label says', (_, mesh, name) => {
    expect(resolvingTo(mesh, 'default')).toContain(name)
  })

  test.each([
    ['the uninstall takes it too', mutating(webhook('audit.example.com', OWNED))],
    [
      'it can match nothing',
      mutating(
        webhook('x.sidecar-injector.istio.io', OLDS, { matchLabels: { 'istio.io/deactivated': 'never-match' } }),
      ),
    ],
  ])('keeps nothing where %s', (_, mesh) => {
    expect(resolvingTo(mesh, 'default')).toEqual(before)
  })

  test('is lost once the Service is gone', () => {
    const mesh = mutating(webhook('audit.example.com', OLDS))
    expect(lostWebhooks(mesh)).toEqual([])
    const services = mesh.services.filter(({ metadata }) => metadata.name !== 'istiod')
    expect(lostWebhooks({ ...mesh, services })).toContain('extra → missing istio-system/istiod')
    const own = SWITCHED.mutatingWebhooks.filter(({ metadata }) => metadata.name === 'istio-sidecar-injector')
    expect(lostWebhooks({ ...mesh, services, mutatingWebhooks: own, validatingWebhooks: [] })).toEqual([])
  })
})

test('what goes with OLD by its labels, but leads to NEW, would be taken from whom it serves', () => {
  expect(webhooksTakenFromOthers(SWITCHED, 'default')).toEqual([])
  const patched = webhook('x.sidecar-injector.istio.io', OWNED)
  const leading = (name: string): WebhookConfiguration => ({
    ...patched,
    webhooks: (patched.webhooks ?? []).map((entry) => ({
      ...entry,
      clientConfig: { service: { name, namespace: 'istio-system', path: '/inject' } },
    })),
  })
  expect(webhooksTakenFromOthers(mutating(leading('istiod-1-31-0')), 'default')).toEqual(['injector extra'])
  expect(webhooksTakenFromOthers(mutating(leading('istiod')), 'default')).toEqual([])
  expect(
    webhooksTakenFromOthers(
      mutating({ ...leading('istiod-1-31-0'), metadata: { name: 'extra', labels: OLDS } }),
      'default',
    ),
  ).toEqual([])
})

test('a pod with a sidecar of which nothing says the revision may need any of them', () => {
  const containers = [{ name: 'istio-proxy', image: 'registry.example.com/proxy@sha256:0' }]
  const annotations = { 'sidecar.istio.io/status': '{"containers":["istio-proxy"]}' }
  const metadata = { name: 'unsaid', namespace: 'shop', annotations }
  const mesh = { ...SWITCHED, pods: [{ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } }] }
  expect(podsUnknown(mesh)).toEqual(['1 pods of an unknown revision: shop/unsaid'])
  expect(stillUsing(mesh, '1-31-0').filter((one) => one.includes('unsaid'))).toEqual([])
})

test('what a Helm release made goes with that release: its validator keeps nothing, another release’s does', () => {
  const mesh = recordedMesh('helm-then-istioctl-1-31-0')
  const named = (from: Mesh) => resolvingTo(from, 'default').filter((one) => !one.startsWith('namespaces'))
  expect(named(mesh)).not.toContain('validator istio-validator-istio-system')
  const annotations = { 'meta.helm.sh/release-name': 'another', 'meta.helm.sh/release-namespace': 'istio-system' }
  const validatingWebhooks = mesh.validatingWebhooks.map((one) => ({
    ...one,
    metadata: { ...one.metadata, annotations },
  }))
  expect(named({ ...mesh, validatingWebhooks })).toContain('validator istio-validator-istio-system')
})
