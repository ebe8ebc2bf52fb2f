import { describe, expect, test } from '@jest/globals'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import { aProof } from '../../test/support/run-builders.ts'
import { fingerprintFields } from '../istio/fingerprint-fields.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { WebhookConfiguration } from '../istio/objects.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof } from '../wire/run.ts'
import { injectionAlarms } from './injection-alarms.ts'
import { newLastServed } from './last-served.ts'
import { shortened } from './standing.ts'

const TAG = 'istio-revision-tag-default'
const OLD = 'istio-sidecar-injector'
const AFTER_OURS = written('meshferry', TAG, written('meshferry', OLD, recordedMesh('switched')))
const RIGHT: Proof = { ...aProof('right'), class: 'enabled' }

/** What the alarm says once the class `enabled`, proven in `before`, gets no sidecar in `now`. */
function alarmOf(before: Mesh | null, now: Mesh, settled?: Record<string, string>): Coded | undefined {
  const served = newLastServed()
  if (before) served.remember(before, [RIGHT])
  const proof: Proof = { ...aProof('wrong', null), class: 'enabled(none)', because: codedOf('PROBE_NOT_INJECTED') }
  return [...injectionAlarms(now, [proof], (wrong) => served.suspects(now, wrong, settled)).values()][0]
}

describe('whom an alarm names', () => {
  test('a deleted tag is said to be deleted: nobody else who wrote an injector is named for it', () => {
    const alarm = alarmOf(AFTER_OURS, without(TAG))
    expect(alarm?.facts).toMatchObject({ deleted: [TAG] })
    expect(alarm?.facts).not.toHaveProperty('writer')
  })

  test('so does a worker that was started after it, by what the run keeps of our last step', () => {
    const alarm = alarmOf(null, without(TAG), shortened(fingerprintFields(AFTER_OURS)))
    expect(alarm?.facts).toMatchObject({ deleted: [TAG] })
    expect(alarm?.facts).not.toHaveProperty('writer')
  })

  test('who changed the object that served it is named, and who wrote another one is not', () => {
    const changed = written('helm', OLD, written('kubectl-edit', TAG, pointedAt(TAG, 'istiod-gone')))
    expect(alarmOf(AFTER_OURS, changed)?.facts).toMatchObject({ object: TAG, writer: 'kubectl-edit' })
  })

  test('an object that serves it since then is named by its writer', () => {
    const [own] = AFTER_OURS.mutatingWebhooks.filter(({ metadata }) => metadata.name === TAG)
    const second = own && { ...own, metadata: { name: 'second', managedFields: [write('kubectl-create')] } }
    const doubled = { ...AFTER_OURS, mutatingWebhooks: [...AFTER_OURS.mutatingWebhooks, ...(second ? [second] : [])] }
    expect(alarmOf(AFTER_OURS, doubled)?.facts).toMatchObject({ object: 'second', writer: 'kubectl-create' })
  })

  test('who puts back what was proven before our own step is named: since that step it has changed', () => {
    const old = pointedAt(TAG, 'istiod-old')
    const back = written('argocd-controller', TAG, old)
    const served = newLastServed()
    served.remember(old, [{ ...RIGHT, expected: 'default', found: 'default' }])
    const proof: Proof = { ...aProof('wrong', 'default'), because: codedOf('PROBE_OTHER_REVISION') }
    const settled = shortened(fingerprintFields(AFTER_OURS))
    const [alarm] = injectionAlarms(back, [proof], (wrong) => served.suspects(back, wrong, settled)).values()
    expect(alarm?.facts).toMatchObject({ object: TAG, writer: 'argocd-controller' })
  })

  test('nobody is named where no injector changed: a Service that went is nobody’s write', () => {
    const alarm = alarmOf(AFTER_OURS, { ...AFTER_OURS, services: [] })
    expect(alarm?.facts).not.toHaveProperty('writer')
    expect(alarm?.facts).not.toHaveProperty('deleted')
  })
})

function without(name: string): Mesh {
  const mutatingWebhooks = AFTER_OURS.mutatingWebhooks.filter(({ metadata }) => metadata.name !== name)
  return { ...AFTER_OURS, mutatingWebhooks }
}

function pointedAt(name: string, service: string): Mesh {
  return edited(AFTER_OURS, name, (object) => ({
    ...object,
    webhooks: (object.webhooks ?? []).map((entry) => ({
      ...entry,
      clientConfig: { ...entry.clientConfig, service: { namespace: 'istio-system', name: service, path: '/inject' } },
    })),
  }))
}

function write(manager: string) {
  return { manager, operation: 'Update', time: '2030-01-01T00:00:00Z' }
}

function written(manager: string, name: string, mesh: Mesh): Mesh {
  return edited(mesh, name, ({ metadata, ...rest }) => ({
    ...rest,
    metadata: { ...metadata, managedFields: [...(metadata.managedFields ?? []), write(manager)] },
  }))
}

function edited(mesh: Mesh, name: string, edit: (object: WebhookConfiguration) => WebhookConfiguration): Mesh {
  return {
    ...mesh,
    mutatingWebhooks: mesh.mutatingWebhooks.map((one) => (one.metadata.name === name ? edit(one) : one)),
  }
}
