import { describe, expect, test } from '@jest/globals'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import { fingerprintFields, unrecordedFields } from './fingerprint-fields.ts'
import { foreignChange, settledAfterStep } from './foreign-changes.ts'
import type { Mesh } from './mesh.ts'
import type { KubeObject, Service, WebhookConfiguration, WebhookEntry } from './objects.ts'

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

describe('a validator and the Service of a tag', () => {
  const field = 'validator/istiod-default-validator/validation.istio.io/service'
  const selector = 'tag/default/selector'

  test('a validator that somebody points elsewhere is named, with who did it, also after istiod touched it', () => {
    const mesh = written('helm', '2030-01-01T00:00:00Z', validatorAt('istiod-other'))
    const change = foreignChange(mesh, BEFORE, fingerprintFields(mesh))
    const expected = { objects: ['ValidatingWebhookConfiguration istiod-default-validator'], fields: [field] }
    expect(change).toEqual({ ...expected, writer: 'helm' })
    const touched = written('pilot-discovery', '2030-01-01T00:00:05Z', mesh)
    expect(foreignChange(touched, BEFORE, fingerprintFields(touched))).toEqual({ ...expected, writer: 'helm' })
  })

  test("a tag's Service that selects another revision, or goes, is named", () => {
    const mesh = written('kubectl-edit', '2030-01-01T00:00:00Z', tagServiceFor('other'))
    const change = { objects: ['Service istio-system/istiod-revision-tag-default'], fields: [selector] }
    expect(foreignChange(mesh, BEFORE, fingerprintFields(mesh))).toEqual({ ...change, writer: 'kubectl-edit' })
    const gone = { ...MESH, services: MESH.services.filter(({ metadata }) => metadata.name !== TAG_SERVICE) }
    expect(foreignChange(gone, BEFORE, fingerprintFields(gone))).toEqual({ ...change, writer: '' })
  })

  test('our own switch of both is settled; one that somebody writes meanwhile is not', () => {
    const moved = tagServiceFor('1-31-0', validatorAt('istiod-1-31-0'))
    const ours = written('meshferry', '2030-01-01T00:00:00Z', moved)
    const after = fingerprintFields(ours)
    expect(settledAfterStep(ours, BEFORE, after)).toEqual(after)
    expect(foreignChange(ours, after, after)).toBeNull()
    const theirs = written('helm', '2030-01-01T00:00:05Z', validatorAt('istiod', ours))
    const settled = settledAfterStep(theirs, after, fingerprintFields(theirs))
    expect(settled).toEqual(after)
    expect(foreignChange(theirs, settled, fingerprintFields(theirs))).toMatchObject({ fields: [field], writer: 'helm' })
  })

  test('what an earlier version kept without these fields is no change, and they are filled in', () => {
    const { [field]: _service, [selector]: _selector, ...kept } = BEFORE
    expect(foreignChange(MESH, kept, BEFORE)).toBeNull()
    expect(unrecordedFields(kept, BEFORE).toSorted()).toEqual([selector, field])
    expect(unrecordedFields(BEFORE, BEFORE)).toEqual([])
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

const TAG_SERVICE = 'istiod-revision-tag-default'

function validatorAt(service: string, mesh: Mesh = MESH): Mesh {
  const edit = (entry: WebhookEntry): WebhookEntry => {
    const { service: own } = entry.clientConfig
    return own ? { ...entry, clientConfig: { ...entry.clientConfig, service: { ...own, name: service } } } : entry
  }
  const validatingWebhooks = mesh.validatingWebhooks.map((one) =>
    one.metadata.name === 'istiod-default-validator' ? { ...one, webhooks: (one.webhooks ?? []).map(edit) } : one,
  )
  return { ...mesh, validatingWebhooks }
}

function tagServiceFor(revision: string, mesh: Mesh = MESH): Mesh {
  const edit = (one: Service): Service => ({
    ...one,
    spec: { ...one.spec, selector: { ...one.spec?.selector, 'istio.io/rev': revision } },
  })
  return { ...mesh, services: mesh.services.map((one) => (one.metadata.name === TAG_SERVICE ? edit(one) : one)) }
}

/** Marks default validator and the tag's Service as written by somebody at a time. */
function written(manager: string, time: string, mesh: Mesh): Mesh {
  const mark = <T extends KubeObject>(one: T): T => {
    if (one.metadata.name !== 'istiod-default-validator' && one.metadata.name !== TAG_SERVICE) return one
    const managedFields = [...(one.metadata.managedFields ?? []), { manager, operation: 'Update', time }]
    return { ...one, metadata: { ...one.metadata, managedFields } }
  }
  return {
    ...mesh,
    validatingWebhooks: mesh.validatingWebhooks.map(mark),
    services: mesh.services.map(mark),
  }
}
