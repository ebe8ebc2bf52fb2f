import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  autoEntry,
  defaultEntries,
  injectorObject,
  meshOf,
  namespace,
  oneEntryInjector,
  revisionInjector,
  tagInjector,
} from '../../test/support/istio-builders.ts'
import { effectiveInjectors } from './effective-injector.ts'
import { NEVER_MATCH_SELECTOR } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import { namespaceClassesOf } from './namespace-classes.ts'
import type { Labels } from './selectors.ts'
import { matchesSelector } from './selectors.ts'

describe('label selectors', () => {
  const labels = { app: 'cart', tier: 'web' }
  test.each([
    [undefined, 'yes'],
    [{}, 'yes'],
    [{ matchLabels: { app: 'cart' } }, 'yes'],
    [{ matchLabels: { app: 'cart', tier: 'db' } }, 'no'],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['cart', 'x'] }] }, 'yes'],
    [{ matchExpressions: [{ key: 'none', operator: 'In', values: ['cart'] }] }, 'no'],
    [{ matchExpressions: [{ key: 'none', operator: 'NotIn', values: ['cart'] }] }, 'yes'],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['cart'] }] }, 'no'],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, 'yes'],
    [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, 'no'],
    [{ matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] }, 'unknown'],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: [] }] }, 'unknown'],
    [{ matchLabels: { app: 'x' }, matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] }, 'no'],
  ])('%j: %s', (selector, matching) => {
    expect(matchesSelector(selector, labels)).toBe(matching)
  })
})

/** The rules of each era in words of their own, to be held against the evaluation of the objects' selectors. */
function bruteForce(era: Era, ns: Labels, pod: Labels): string {
  const [injection, revision, inject, asked] = [
    ns['istio-injection'],
    ns['istio.io/rev'],
    pod['sidecar.istio.io/inject'],
    pod['istio.io/rev'],
  ]
  if (injection !== undefined) return injection === 'enabled' ? 'default' : 'none'
  if (era === 'one-entry') return revision === 'x' ? 'x' : 'none'
  const wanted = revision ?? asked
  if (wanted !== undefined) return NAMES.get(wanted) ?? 'none'
  const takes: readonly (string | undefined)[] = era === 'auto' ? ['true', undefined] : ['true']
  return takes.includes(inject) ? 'default' : 'none'
}

/** Names that a label may ask for, and the revision behind each. */
const NAMES = new Map([
  ['default', 'default'],
  ['x', 'x'],
  ['prod', 'x'],
])

type Era = 'one-entry' | 'four-entries' | 'auto' | 'tags'

function meshOfEra(era: Era): Mesh {
  const planes = [
    { revision: 'default', version: '1.30.0' },
    { revision: 'x', version: '1.31.0' },
  ]
  const own = revisionInjector('default')
  const disarmed = {
    ...own,
    webhooks: defaultEntries('istiod').map((entry) => ({ ...entry, objectSelector: NEVER_MATCH_SELECTOR })),
  }
  const more = [revisionInjector('x'), tagInjector('prod', 'x')]
  const objects = {
    'one-entry': [oneEntryInjector('default'), oneEntryInjector('x')],
    'four-entries': [own, ...more],
    auto: [
      injectorObject('istio-sidecar-injector', { 'istio.io/rev': 'default' }, [
        ...defaultEntries('istiod'),
        autoEntry('istiod'),
      ]),
      ...more,
    ],
    tags: [disarmed, tagInjector('default', 'default'), ...more],
  }
  return meshOf(planes, { mutatingWebhooks: objects[era] })
}

/** Any subset of these labels, each with any of its values. */
function labelsOf(values: Record<string, readonly string[]>): fc.Arbitrary<Labels> {
  const parts = Object.entries(values).map(([key, all]) =>
    fc.constantFrom({}, ...all.map((value) => ({ [key]: value }))),
  )
  return fc.tuple(...parts).map((chosen): Labels => Object.assign({}, ...chosen))
}

const REVISIONS = ['default', 'x', 'prod', 'nobody']

describe('the effective injector', () => {
  test.each<Era>(['one-entry', 'four-entries', 'auto', 'tags'])('%s: as the rules say, for any labels', (era) => {
    const mesh = meshOfEra(era)
    const ns = labelsOf({ 'istio-injection': ['enabled', 'disabled'], 'istio.io/rev': REVISIONS, team: ['a'] })
    const pod = labelsOf({ 'sidecar.istio.io/inject': ['true', 'false', 'yes'], 'istio.io/rev': REVISIONS, app: ['a'] })
    fc.assert(
      fc.property(ns, pod, (nsLabels, podLabels) => {
        const injection = effectiveInjectors(mesh, nsLabels, podLabels)
        const said = injection.kind === 'one' ? injection.revision : injection.kind
        // The one entry of 1.7–1.9 has no object selector: istiod is called, and leaves a pod alone that opts out.
        const optedOut = podLabels['sidecar.istio.io/inject'] === 'false'
        expect(said).toBe(optedOut ? 'none' : bruteForce(era, nsLabels, podLabels))
      }),
      { numRuns: 200 },
    )
  })

  const ENABLED = { 'istio-injection': 'enabled' }
  test('istiod leaves some pods alone though it is called', () => {
    const mesh = meshOfEra('tags')
    const opted = { 'sidecar.istio.io/inject': 'false' }
    expect(effectiveInjectors(mesh, ENABLED, {}, { annotations: opted })).toMatchObject({
      kind: 'none',
      why: 'opted-out',
    })
    expect(
      effectiveInjectors(mesh, ENABLED, { 'sidecar.istio.io/inject': 'true' }, { annotations: opted }),
    ).toMatchObject({ kind: 'one' })
    expect(effectiveInjectors(mesh, ENABLED, {}, { hostNetwork: true })).toMatchObject({
      kind: 'none',
      why: 'host-network',
    })
    expect(effectiveInjectors(mesh, ENABLED, {}, { namespace: 'kube-system' })).toMatchObject({
      why: 'ignored-namespace',
    })
  })

  test('doubles, missing Services, URLs, unknown operators and unread webhooks are never a plain yes', () => {
    const mesh = meshOfEra('tags')
    const both = { ...mesh, mutatingWebhooks: [...mesh.mutatingWebhooks, revisionInjector('default', 'istiod-x')] }
    expect(effectiveInjectors(both, ENABLED, {})).toMatchObject({ kind: 'many', revisions: ['default', 'x'] })
    expect(effectiveInjectors({ ...mesh, services: [] }, ENABLED, {})).toMatchObject({
      kind: 'unknown',
      why: 'service-missing',
    })
    expect(effectiveInjectors({ ...mesh, workloads: [] }, ENABLED, {})).toMatchObject({
      kind: 'unknown',
      why: 'service-unresolved',
    })
    const webhooks = [{ name: 'a.sidecar-injector.istio.io', clientConfig: { url: 'https://elsewhere/inject' } }]
    const byUrl = { ...mesh, mutatingWebhooks: [injectorObject('u', {}, webhooks)] }
    expect(effectiveInjectors(byUrl, {}, {})).toMatchObject({ kind: 'unknown', why: 'url' })
    const strange = [
      {
        ...webhooks[0],
        name: 'b.sidecar-injector.istio.io',
        clientConfig: {},
        objectSelector: { matchExpressions: [{ key: 'a', operator: 'Matches' }] },
      },
    ]
    expect(effectiveInjectors({ ...mesh, mutatingWebhooks: [injectorObject('s', {}, strange)] }, {}, {})).toMatchObject(
      { kind: 'unknown', why: 'selector-unknown' },
    )
    const unread = { ...mesh, unreadable: [{ part: 'mutatingWebhooks', reason: 'forbidden' }] }
    expect(effectiveInjectors(unread, ENABLED, {})).toMatchObject({ kind: 'unknown', why: 'webhooks-unreadable' })
  })

  test('a Service reaches only the istiods of its own namespace', () => {
    const mesh = meshOfEra('tags')
    const elsewhere = mesh.workloads.map((one) => ({ ...one, metadata: { ...one.metadata, namespace: 'other' } }))
    const moved = { ...mesh, workloads: elsewhere }
    expect(effectiveInjectors(moved, ENABLED, {})).toMatchObject({ kind: 'unknown', why: 'service-unresolved' })
  })

  test('namespaces without labels are a class by default where the injector takes them', () => {
    const mesh = {
      ...meshOfEra('auto'),
      namespaces: [namespace('a'), namespace('b', { 'istio-injection': 'disabled' })],
    }
    expect(namespaceClassesOf(mesh).map(({ key, namespaces }) => [key, namespaces])).toEqual([
      ['by-default', ['a']],
      ['opted-out', ['b']],
    ])
  })
})
