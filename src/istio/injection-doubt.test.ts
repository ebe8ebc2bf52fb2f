import { expect, test } from '@jest/globals'
import { injectorObject, meshOf, revisionInjector, tagInjector } from '../../test/support/istio-builders.ts'
import { effectiveInjectors } from './effective-injector.ts'
import { doubtOf } from './injection-doubt.ts'
import type { Mesh } from './mesh.ts'
import type { WebhookEntry } from './objects.ts'

const PLANES = [
  { revision: 'default', version: '1.30.0' },
  { revision: '1-31-0', version: '1.31.0' },
]
const ENABLED = { 'istio-injection': 'enabled' }

/** Somebody's own object that takes the default's namespaces, too. */
const foreign = (clientConfig: WebhookEntry['clientConfig']) =>
  injectorObject('vendor', { 'istio.io/rev': 'vendor' }, [
    { name: 'x.sidecar-injector.istio.io', clientConfig, namespaceSelector: { matchLabels: ENABLED } },
  ])
const service = (name: string) => ({ service: { namespace: 'istio-system', name, path: '/inject' } })

const doubtIn = (mesh: Mesh) => doubtOf(mesh, effectiveInjectors(mesh, ENABLED, {}))
const doubt = (parts: Partial<Mesh>) => doubtIn(meshOf(PLANES, parts))

const tag = tagInjector('default', '1-31-0')

test('one injector, none, and two that lead to one revision leave no doubt', () => {
  expect(doubt({ mutatingWebhooks: [tag] })).toBeNull()
  expect(doubt({ mutatingWebhooks: [] })).toBeNull()
  expect(doubt({ mutatingWebhooks: [tagInjector('default', 'default'), revisionInjector('default')] })).toBeNull()
})

test.each([
  ['a local revision', service('istiod'), 'default'],
  ['a URL', { url: 'https://mesh.example.com/inject' }, 'https://mesh.example.com/inject'],
  ['a Service that is not there', service('vendor'), 'missing istio-system/vendor'],
])('a second one that leads to %s is a double', (_, clientConfig, shown) => {
  const found = doubt({ mutatingWebhooks: [tag, foreign(clientConfig)] })
  expect(found).toMatchObject({ verdict: 'wrong', code: 'PROBE_DOUBLE' })
  expect(found?.facts['revisions']).toEqual(['1-31-0', shown])
  expect(found?.facts['objects']).toEqual(['istio-revision-tag-default', 'vendor'])
})

const other = (name: string, selector: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'istio-system' },
  spec: { selector },
})

test('a second one whose Service leads to no istiod at all is a double; one that nobody can follow proves nothing', () => {
  const mutatingWebhooks = [tag, foreign(service('vendor'))]
  const unreadable = [{ part: 'services', reason: 'too many requests' }]
  expect(doubt({ mutatingWebhooks, services: [other('vendor', { app: 'vendor' })] })?.verdict).toBe('wrong')
  expect(doubt({ mutatingWebhooks, unreadable })).toMatchObject({
    verdict: 'unprovable',
    facts: { why: 'services-unreadable' },
  })
})

test('one whose Service has istiods of several revisions behind it answers by chance', () => {
  const mutatingWebhooks = [foreign(service('both'))]
  expect(doubt({ mutatingWebhooks, services: [other('both', { app: 'istiod' })] })).toMatchObject({
    verdict: 'unprovable',
    code: 'INJECTION_UNKNOWN',
    facts: { why: 'several-revisions', objects: ['vendor'] },
  })
})

test('while Deployments cannot be read, two that lead to none that is known prove nothing', () => {
  const mutatingWebhooks = [tagInjector('default', 'default'), revisionInjector('default')]
  const mesh = { ...meshOf(PLANES, { mutatingWebhooks }), workloads: [] }
  const unread = { ...mesh, unreadable: [{ part: 'workloads', reason: 'forbidden' }] }
  expect(doubtIn(unread)?.verdict).toBe('unprovable')
})
