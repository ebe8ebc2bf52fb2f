import { describe, expect, test } from '@jest/globals'
import { recordedMesh, recordedText } from '../../test/support/recorded-mesh.ts'
import { isApplied } from './change-applied.ts'
import { parseDocuments } from './manifest-documents.ts'
import { planAdoption, planSwitch } from './switch-plan.ts'
import type { GeneratedTag } from './switch-types.ts'

describe('with what the real istioctl generated', () => {
  test('a tag-made default moves, and the tag prod-stable with it', () => {
    const result = planSwitch(recordedMesh('two-revisions'), 'default', '1-31-0', GENERATED)
    const steps = result.ok ? result.value.steps : [result.refusal]
    expect(steps).toMatchObject([
      { id: 'move-tag.default' },
      { id: 'move-tag.prod-stable' },
      { id: 'move-validator.istiod-default-validator' },
      { id: 'move-tag-service.default' },
      { id: 'move-tag-service.prod-stable' },
    ])
  })

  test('nothing that only the API server sets is written', () => {
    const result = planSwitch(recordedMesh('two-revisions'), 'default', '1-31-0', GENERATED)
    const changes = result.ok ? result.value.steps.flatMap((step) => [...step.changes, ...step.undo]) : []
    expect(changes.length).toBe(10)
    for (const change of changes) {
      const text = change.kind === 'apply' ? JSON.stringify(change.body) : ''
      expect(text).toContain('"name"')
      expect(text).not.toMatch(/creationTimestamp|managedFields|resourceVersion|"uid"|"status"/)
    }
  })

  test('what is there after the move is found to be what was meant: a step that was killed after its write is not done twice', () => {
    const result = planSwitch(recordedMesh('two-revisions'), 'default', '1-31-0', GENERATED)
    const { mutatingWebhooks, validatingWebhooks, services } = recordedMesh('switched')
    const live = [...mutatingWebhooks, ...validatingWebhooks, ...services]
    const ofDefault = result.ok ? result.value.steps.filter(({ id }) => !id.endsWith('prod-stable')) : []
    const found = ofDefault.flatMap(({ id, changes }) =>
      changes.map((change) => {
        const there = live.find(({ kind, metadata }) => kind === change.ref.kind && metadata.name === change.ref.name)
        return [id, isApplied(change, there ?? null)]
      }),
    )
    expect(found).toEqual([
      ['move-tag.default', true],
      ['move-validator.istiod-default-validator', true],
      ['move-tag-service.default', true],
    ])
  })

  test("a switch back gives the default tag to OLD; another tag that never left isn't touched", () => {
    const result = planSwitch(recordedMesh('switched'), '1-31-0', 'default', GENERATED)
    const ids = result.ok ? result.value.steps.map(({ id }) => id) : [result.refusal.code]
    expect(ids).toEqual(['move-tag.default', 'move-validator.istiod-default-validator', 'move-tag-service.default'])
  })

  test('a Helm-made default is adopted with the tag generated for OLD', () => {
    const result = planAdoption(recordedMesh('helm-1.30.0'), 'default', GENERATED)
    const ids = result.ok ? result.value.map(({ id }) => id) : [result.refusal]
    expect(ids).toEqual(['adopt-tag.default', 'disarm.istio-sidecar-injector'])
  })

  test('what istioctl would copy from a poisoned object is refused', () => {
    const lying = GENERATED.map((one) =>
      one.revision === 'default' ? { ...one, documents: documentsOf(`tag-generate-${one.tag}-1-31-0`, '1-31-0') } : one,
    )
    expect(planSwitch(recordedMesh('poisoned-object'), 'default', '1-31-0', lying)).toMatchObject({
      ok: false,
      refusal: {
        code: 'GENERATED_WRONG_SERVICE',
        facts: { tag: 'default', revision: 'default', services: ['1-31-0'] },
      },
    })
  })
})

const GENERATED: readonly GeneratedTag[] = ['default', 'prod-stable'].flatMap((tag) =>
  ['default', '1-31-0'].map((revision) => ({
    tag,
    revision,
    documents: documentsOf(`tag-generate-${tag}-${revision}`),
  })),
)

/** With `relabel` the documents say OLD and lead to NEW, as istioctl prints them from a poisoned object. */
function documentsOf(file: string, relabel?: string): readonly unknown[] {
  const text = recordedText('manifests', `${file}.yaml`)
  const shown = relabel === undefined ? text : text.replaceAll(`istio.io/rev: ${relabel}`, 'istio.io/rev: default')
  const parsed = parseDocuments(shown)
  return parsed.ok ? parsed.value : []
}
