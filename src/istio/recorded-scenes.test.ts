import { describe, expect, test } from '@jest/globals'
import { recordedAnswers, recordedMesh } from '../../test/support/recorded-mesh.ts'
import { controlPlanesOf } from './control-planes.ts'
import { defaultRoute } from './default-route.ts'
import { effectiveInjectors } from './effective-injector.ts'
import { injectorsOf } from './injectors.ts'
import { installFlipsDefault } from './install-flip.ts'
import { namespaceClassesOf, revisionOfClass } from './namespace-classes.ts'
import type { Mesh } from './mesh.ts'
import type { Pod } from './objects.ts'
import type { DryRunAnswer } from './proof.ts'
import { judgeProbe } from './proof.ts'
import { sidecarOf } from './sidecar.ts'
import { tagsOf } from './tags.ts'
import { validatorsOf } from './validators.ts'

const SCENES = [
  'default-1.30.0',
  'helm-1.30.0',
  'helm-then-istioctl-1-31-0',
  'helm-tag-removed-then-upgraded',
  'two-revisions',
  'switched',
  'poisoned-object',
  'poisoned-tag',
  'new-removed-under-default-tag',
]

describe('against what the real API server answered', () => {
  test.each(SCENES)('%s: the effective injector says what each dry-run pod got', (scene) => {
    const mesh = recordedMesh(scene)
    const answers = [...recordedAnswers(scene)]
    expect(answers.length).toBeGreaterThanOrEqual(10)
    expect(answers.map(([name, answer]) => [name, gotBy(answer)])).toEqual(
      answers.map(([name, answer]) => [name, answer.kind === 'admitted' ? saidOf(mesh, answer.pod) : 'refused']),
    )
  })

  test.each(SCENES)('%s: a probe is right exactly for the revision that it got', (scene) => {
    for (const answer of recordedAnswers(scene).values()) {
      const got = gotBy(answer)
      const expected = got === 'none' ? null : got
      expect(judgeProbe(expected, null, answer).verdict).toBe('right')
      expect(judgeProbe(got === '1-31-0' ? 'default' : '1-31-0', null, answer).verdict).toBe('wrong')
    }
  })

  test('versions too, and native sidecars beside ordinary ones', () => {
    const answers = recordedAnswers('switched')
    const pods = [...answers.values()].flatMap((answer) => (answer.kind === 'admitted' ? [sidecarOf(answer.pod)] : []))
    const sidecars = pods.flatMap((one) => (one.kind === 'sidecar' ? [one] : []))
    expect(new Set(sidecars.map(({ native }) => native))).toEqual(new Set([true, false]))
    const pairs = new Set(sidecars.map(({ revision, version }) => `${revision} ${version}`))
    expect(pairs).toEqual(new Set(['default 1.30.0', '1-31-0 1.31.0']))
  })
})

function gotBy(answer: DryRunAnswer): string {
  if (answer.kind !== 'admitted') return answer.kind
  const sidecar = sidecarOf(answer.pod)
  return sidecar.kind === 'none' ? 'none' : (sidecar.revision ?? 'unknown')
}

function saidOf(mesh: Mesh, { metadata }: Pod): string {
  const { namespace = '', labels = {}, annotations = {} } = metadata
  const namespaceLabels = mesh.namespaces.find((one) => one.metadata.name === namespace)?.metadata.labels ?? {}
  const injection = effectiveInjectors(mesh, namespaceLabels, labels, { namespace, annotations })
  return injection.kind === 'one' ? injection.revision : injection.kind
}

describe('scenes', () => {
  test('two revisions: both control planes with version, Service and root', () => {
    const planes = controlPlanesOf(recordedMesh('two-revisions'))
    expect(planes.map(({ revision, version, service, legacy }) => ({ revision, version, service, legacy }))).toEqual([
      { revision: '1-31-0', version: '1.31.0', service: 'istiod-1-31-0', legacy: false },
      { revision: 'default', version: '1.30.0', service: 'istiod', legacy: false },
    ])
    expect(planes[0]?.rootHash).toBe(planes[1]?.rootHash)
    expect(
      planes.every(({ rootHash, readyEndpoints, meshConfig }) => rootHash && readyEndpoints > 0 && meshConfig),
    ).toBe(true)
  })

  test('the tag-made default, and the neutral object beside it', () => {
    const route = defaultRoute(recordedMesh('default-1.30.0'))
    expect(route).toMatchObject({ ok: true, value: { kind: 'tag', revision: 'default', injector: { tag: 'default' } } })
    const own = injectorsOf(recordedMesh('default-1.30.0')).find(({ name }) => name === 'istio-sidecar-injector')
    expect(own).toMatchObject({ kind: 'revision', live: false, poisoned: null })
    expect(own?.entries).toHaveLength(4)
  })

  test('Helm leaves a live untagged injector, which an install of 1.27 and later would take over', () => {
    const mesh = recordedMesh('helm-1.30.0')
    expect(defaultRoute(mesh)).toMatchObject({ ok: true, value: { kind: 'untagged', revision: 'default' } })
    expect(installFlipsDefault(mesh, '1.31.0')).toEqual({
      code: 'INSTALL_WOULD_FLIP_DEFAULT',
      facts: { version: '1.31.0' },
    })
    expect(installFlipsDefault(mesh, '1.26.2')).toBeNull()
    expect(installFlipsDefault(mesh, '1.20.0')).toBeNull()
    expect(installFlipsDefault(recordedMesh('default-1.30.0'), '1.31.0')).toBeNull()
  })

  test('a removed tag leaves nobody to inject', () => {
    expect(defaultRoute(recordedMesh('helm-tag-removed-then-upgraded'))).toEqual({ ok: true, value: { kind: 'none' } })
  })

  test('the hand-patched object is poisoned, though no entry of it is live', () => {
    const own = injectorsOf(recordedMesh('poisoned-object')).find(({ name }) => name === 'istio-sidecar-injector')
    expect(own?.poisoned).toEqual({
      code: 'INJECTOR_POISONED',
      facts: {
        object: 'istio-sidecar-injector',
        revision: 'default',
        expected: 'istio-system/istiod',
        entries: ['rev.namespace.sidecar-injector.istio.io'],
        services: ['istio-system/istiod-1-31-0'],
      },
    })
  })

  test('a tag made from it says OLD and leads to NEW', () => {
    const tag = tagsOf(recordedMesh('poisoned-tag')).find(({ tag: name }) => name === 'default')
    expect(tag).toMatchObject({
      revisionByLabel: 'default',
      revisionByService: '1-31-0',
      mismatch: { code: 'TAG_MISMATCH' },
    })
  })

  test('after the switch one tag leads to each revision, and the default validator to NEW', () => {
    const mesh = recordedMesh('switched')
    expect(tagsOf(mesh).map(({ tag, revisionByService, mismatch }) => [tag, revisionByService, mismatch])).toEqual([
      ['default', '1-31-0', null],
      ['prod-stable', 'default', null],
    ])
    const kinds = validatorsOf(mesh).map(({ name, kind, entries }) => [name, kind, entries[0]?.target])
    expect(kinds).toContainEqual([
      'istiod-default-validator',
      'default',
      { kind: 'revision', revision: '1-31-0', namespace: 'istio-system', service: 'istiod-1-31-0' },
    ])
  })

  test('namespaces in their classes', () => {
    const classes = namespaceClassesOf(recordedMesh('two-revisions'))
    const seen = classes.map((one) => [one.key, one.namespaces.join(' '), revisionOfClass(one), one.movable])
    const plain =
      'default istio-system kube-node-lease kube-public kube-system not-injected pod-inject-true pod-rev-1-31-0'
    expect(seen).toEqual([
      ['enabled', 'injection-enabled ordinary-sidecar pod-opted-out', 'default', true],
      ['not-injected', plain, null, false],
      ['opted-out', 'namespace-opted-out', null, false],
      ['revision:1-31-0', 'rev-1-31-0', '1-31-0', false],
      ['tag:default', 'rev-default', 'default', true],
      ['tag:prod-stable', 'rev-prod-stable', 'default', true],
    ])
  })
})
