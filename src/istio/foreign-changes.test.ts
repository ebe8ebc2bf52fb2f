import { describe, expect, test } from '@jest/globals'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import { fingerprintFields } from './fingerprint-fields.ts'
import { foreignChange, settledAfterStep } from './foreign-changes.ts'
import type { Mesh } from './mesh.ts'
import type { WebhookConfiguration, WebhookEntry } from './objects.ts'

const MESH = recordedMesh('two-revisions')
const BEFORE = fingerprintFields(MESH)
const NAME = 'istio-sidecar-injector'

describe('what somebody else changed', () => {
  test('a Service name: the object, its fields and the last writer are named', () => {
    const mesh = writtenBy('kubectl-patch', pointedAt('istiod-other'))
    const change = foreignChange(mesh, BEFORE, fingerprintFields(mesh))
    expect(change).toMatchObject({ objects: [`MutatingWebhookConfiguration ${NAME}`], writer: 'kubectl-patch' })
    expect(change?.fields).toContain(`injector/${NAME}/rev.namespace.sidecar-injector.istio.io/service`)
  })

  test('the writer who is not one of us is named, also within one second', () => {
    const mesh = writtenBy('argocd-controller', writtenBy('meshferry', pointedAt('istiod-other')))
    expect(foreignChange(mesh, BEFORE, fingerprintFields(mesh))?.writer).toBe('argocd-controller')
  })

  test('a caBundle that istiod wrote is its upkeep, and one that somebody else wrote is not', () => {
    const other = entries(MESH, (entry) => ({
      ...entry,
      clientConfig: { ...entry.clientConfig, caBundle: 'b3RoZXI=' },
    }))
    const upkeep = writtenBy('pilot-discovery', other)
    const byHand = writtenBy('kubectl-edit', other)
    expect(foreignChange(upkeep, BEFORE, fingerprintFields(upkeep))).toBeNull()
    expect(foreignChange(byHand, BEFORE, fingerprintFields(byHand))).toMatchObject({ writer: 'kubectl-edit' })
  })

  test('a write that changes nothing is nothing', () => {
    const mesh = writtenBy('helm', MESH)
    expect(foreignChange(mesh, BEFORE, fingerprintFields(mesh))).toBeNull()
  })
})

describe('what counts as settled after a step of ours', () => {
  test('what we wrote last does, what somebody else wrote last does not', () => {
    const changed = pointedAt('istiod-other')
    const ours = writtenBy('meshferry', changed)
    const theirs = writtenBy('kubectl-patch', changed)
    const after = fingerprintFields(changed)
    expect(settledAfterStep(ours, BEFORE, after)).toEqual(after)
    expect(settledAfterStep(theirs, BEFORE, after)).toEqual(BEFORE)
  })

  test('what is gone was removed by the step', () => {
    const mesh = { ...MESH, mutatingWebhooks: MESH.mutatingWebhooks.filter(({ metadata }) => metadata.name !== NAME) }
    const after = fingerprintFields(mesh)
    expect(settledAfterStep(mesh, BEFORE, after)).toEqual(after)
  })
})

function pointedAt(service: string): Mesh {
  return entries(MESH, (entry) => {
    const { service: own } = entry.clientConfig
    return own ? { ...entry, clientConfig: { ...entry.clientConfig, service: { ...own, name: service } } } : entry
  })
}

function entries(mesh: Mesh, edit: (entry: WebhookEntry) => WebhookEntry): Mesh {
  return ofObject(mesh, (object) => ({ ...object, webhooks: (object.webhooks ?? []).map(edit) }))
}

/** Marks the object as written by somebody, later than anybody before. */
function writtenBy(manager: string, mesh: Mesh): Mesh {
  const write = { manager, operation: 'Update', time: '2030-01-01T00:00:00Z' }
  return ofObject(mesh, ({ metadata, ...rest }) => ({
    ...rest,
    metadata: { ...metadata, managedFields: [...(metadata.managedFields ?? []), write] },
  }))
}

function ofObject(mesh: Mesh, edit: (object: WebhookConfiguration) => WebhookConfiguration): Mesh {
  return {
    ...mesh,
    mutatingWebhooks: mesh.mutatingWebhooks.map((one) => (one.metadata.name === NAME ? edit(one) : one)),
  }
}
