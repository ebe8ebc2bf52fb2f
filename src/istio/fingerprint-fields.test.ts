import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import { changedFields, fingerprintFields } from './fingerprint-fields.ts'
import type { Mesh } from './mesh.ts'
import type { KubeObject, WebhookConfiguration, WebhookEntry } from './objects.ts'

const MESH = recordedMesh('two-revisions')
const BEFORE = fingerprintFields(MESH)

/** Edits that happen by themselves on any cluster and decide nothing. */
const NOISE: Readonly<Record<string, (mesh: Mesh) => Mesh>> = {
  'new resourceVersions and managers': (mesh) =>
    objects(mesh, (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        resourceVersion: '999',
        generation: 9,
        managedFields: [{ manager: 'someone', time: '2026-11-24T00:00:00Z' }],
      },
    })),
  'added labels and annotations': (mesh) =>
    objects(mesh, (object) => ({
      ...object,
      metadata: { ...object.metadata, labels: { ...object.metadata.labels, team: 'a' }, annotations: { note: 'x' } },
    })),
  'a caBundle written anew': (mesh) =>
    entries(mesh, (entry) => ({
      ...entry,
      clientConfig: { ...entry.clientConfig, caBundle: rewritten(entry.clientConfig.caBundle ?? '') },
    })),
  'more replicas and endpoints': (mesh) => ({
    ...mesh,
    workloads: mesh.workloads.map((one) => ({ ...one, replicas: 7, readyReplicas: 3 })),
    endpoints: [],
  }),
  'other pods, nodes and times': (mesh) => ({ ...mesh, readAt: '2027-01-01T00:00:00.000Z', pods: [], nodes: [] }),
  'mesh config in another order of lines': (mesh) => ({
    ...mesh,
    configMaps: mesh.configMaps.map((map) =>
      map.data?.['mesh'] === undefined
        ? map
        : { ...map, data: { ...map.data, mesh: `# a comment\n${map.data['mesh']}\n` } },
    ),
  }),
  'objects listed in another order': (mesh) => ({
    ...mesh,
    mutatingWebhooks: mesh.mutatingWebhooks.toReversed(),
    workloads: mesh.workloads.toReversed(),
    services: mesh.services.toReversed(),
  }),
}

const CHANGES: Readonly<Record<string, readonly [string, (mesh: Mesh) => Mesh]>> = {
  'a Service name': [
    '/service',
    (mesh) =>
      entries(mesh, (entry) => ({
        ...entry,
        clientConfig: { ...entry.clientConfig, service: { namespace: 'istio-system', name: 'istiod-x' } },
      })),
  ],
  'a root': [
    '/caBundle',
    (mesh) => entries(mesh, (entry) => ({ ...entry, clientConfig: { ...entry.clientConfig, caBundle: 'b3RoZXI=' } })),
  ],
  'a selector': ['/selectors', (mesh) => entries(mesh, (entry) => ({ ...entry, namespaceSelector: {} }))],
  'an image': [
    '/image',
    (mesh) => ({
      ...mesh,
      workloads: mesh.workloads.map((one) => ({
        ...one,
        template: { ...one.template, spec: { containers: [{ name: 'discovery', image: 'other/pilot:1.30.1' }] } },
      })),
    }),
  ],
  'mesh config': [
    '/meshConfig',
    (mesh) => ({
      ...mesh,
      configMaps: mesh.configMaps.map((map) => ({ ...map, data: { ...map.data, mesh: 'trustDomain: other' } })),
    }),
  ],
  'where a Service leads': [
    '/target',
    (mesh) => ({
      ...mesh,
      services: mesh.services.map((one) => ({
        ...one,
        spec: { selector: { app: 'istiod', 'istio.io/rev': '1-31-0' } },
      })),
    }),
  ],
  'a removed object': ['/revision', (mesh) => ({ ...mesh, mutatingWebhooks: mesh.mutatingWebhooks.slice(1) })],
}

describe('the fingerprint', () => {
  test.each(Object.entries(NOISE))('is blind to %s', (_, change) => {
    expect(changedFields(BEFORE, fingerprintFields(change(MESH)))).toEqual([])
  })

  test('is blind to all noise in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.values(NOISE)), (changes) => {
        const noisy = changes.reduce((mesh, change) => change(mesh), MESH)
        expect(fingerprintFields(noisy)).toEqual(BEFORE)
      }),
      { numRuns: 20 },
    )
  })

  test.each(Object.entries(CHANGES))('sees %s, and names it', (_, [name, change]) => {
    const changed = changedFields(BEFORE, fingerprintFields(change(MESH)))
    expect(changed.some((field) => field.includes(name))).toBe(true)
  })
})

function objects(mesh: Mesh, change: <T extends KubeObject>(object: T) => T): Mesh {
  return {
    ...mesh,
    mutatingWebhooks: mesh.mutatingWebhooks.map(change),
    validatingWebhooks: mesh.validatingWebhooks.map(change),
    workloads: mesh.workloads.map(change),
    configMaps: mesh.configMaps.map(change),
  }
}

function entries(mesh: Mesh, change: (entry: WebhookEntry) => WebhookEntry): Mesh {
  const all = (object: WebhookConfiguration): WebhookConfiguration => ({
    ...object,
    webhooks: (object.webhooks ?? []).map(change),
  })
  return { ...mesh, mutatingWebhooks: mesh.mutatingWebhooks.map(all) }
}

/** The same text with another line end, as another writer encodes it. */
function rewritten(caBundle: string): string {
  return Buffer.from(`${Buffer.from(caBundle, 'base64').toString('utf8')}\n\n`).toString('base64')
}
