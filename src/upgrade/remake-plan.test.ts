import { describe, expect, test } from '@jest/globals'
import { meshOf, namespace, revisionInjector, tagInjector } from '../../test/support/istio-builders.ts'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import { aRun, T0 } from '../../test/support/run-builders.ts'
import { after, disarmed, generatedFor, helmMesh, planned, taggedMesh } from '../../test/support/switch-scenes.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { WebhookConfiguration } from '../istio/objects.ts'
import { planAdoption } from '../istio/switch-plan.ts'
import type { Run } from '../wire/run.ts'
import { makePlan } from './make-plan.ts'
import { type Remade, remakePlan } from './remake-plan.ts'

const NAMESPACES = [
  namespace('shop', { 'istio-injection': 'enabled' }),
  namespace('pay', { 'istio.io/rev': 'prod-stable' }),
]
const OLD = { revision: 'default', version: '1.30.0' }

/** As the install left it: NEW beside OLD, and both tags where they were. */
const INSTALLED: Mesh = { ...taggedMesh(), namespaces: NAMESPACES }

function plannedOn(mesh: Mesh): Run {
  const input = {
    cluster: 'prod-a',
    mesh,
    version: '1.31.0',
    istioctl: { to: 'a'.repeat(64) },
    operatorFile: 'b'.repeat(64),
  }
  return aRun(makePlan({ ...input, warnings: [], acknowledged: [], nowMs: T0 }, 'default'))
}

/** Planned before the install, which is done by now. */
function installedRun(before: Mesh): Run {
  const run = plannedOn(before)
  const done = new Set(run.plan.steps.filter(({ phase }) => phase === 'install').map(({ id }) => id))
  return {
    ...run,
    phase: 'switch',
    steps: run.steps.map((step) => (done.has(step.id) ? { ...step, state: 'done' } : step)),
  }
}

function withoutNew(mesh: Mesh): Mesh {
  const { workloads, services, configMaps } = meshOf([OLD])
  const mutatingWebhooks = mesh.mutatingWebhooks.filter(
    ({ metadata }) => metadata.name !== 'istio-sidecar-injector-1-31-0',
  )
  return { ...mesh, workloads, services, configMaps, mutatingWebhooks }
}

const RUN = installedRun(withoutNew(INSTALLED))

function withTag(mesh: Mesh, object: WebhookConfiguration): Mesh {
  return {
    ...withoutTag(mesh, object.metadata.name),
    mutatingWebhooks: [...withoutTag(mesh, object.metadata.name).mutatingWebhooks, object],
  }
}

function withoutTag(mesh: Mesh, name: string): Mesh {
  return { ...mesh, mutatingWebhooks: mesh.mutatingWebhooks.filter(({ metadata }) => metadata.name !== name) }
}

function withNamespaces(mesh: Mesh, ...more: readonly Mesh['namespaces'][number][]): Mesh {
  return { ...mesh, namespaces: [...mesh.namespaces, ...more] }
}

function factsOf(remade: Remade): unknown {
  return remade.kind === 'same' ? 'same' : { code: remade.because.code, ...remade.because.facts }
}

describe('a plan stays while what it rests on stays', () => {
  const adopted = (): Mesh => {
    const mesh = { ...helmMesh(), namespaces: NAMESPACES.slice(0, 1) }
    const adoption = planAdoption(mesh, 'default', generatedFor(['default']))
    return adoption.ok ? after(mesh, adoption.value) : mesh
  }
  test.each<[string, Run, Mesh]>([
    ['before its install', plannedOn(withoutNew(INSTALLED)), withoutNew(INSTALLED)],
    ['after its install', RUN, INSTALLED],
    [
      'after an install that adopted the default',
      installedRun(withoutNew({ ...helmMesh(), namespaces: NAMESPACES.slice(0, 1) })),
      adopted(),
    ],
    [
      'with one namespace more of a kind',
      RUN,
      withNamespaces(INSTALLED, namespace('more', { 'istio.io/rev': 'prod-stable' })),
    ],
    [
      'with one that asks for nothing',
      RUN,
      withNamespaces(INSTALLED, namespace('plain'), namespace('off', { 'istio-injection': 'disabled' })),
    ],
    ['with one kind less', RUN, { ...INSTALLED, namespaces: NAMESPACES.slice(0, 1) }],
    ['on a real cluster', installedRun(recordedMesh('two-revisions')), recordedMesh('two-revisions')],
  ])('%s', (_, run, mesh) => {
    expect(factsOf(remakePlan(run, mesh, T0))).toBe('same')
  })

  test.each([
    ['tags', INSTALLED],
    ['an adopted default', adopted()],
  ])('and its steps are the writes that the switch will make: %s', (_, mesh) => {
    const run = installedRun(withoutNew(mesh))
    const writes = planned(mesh, 'default', '1-31-0', generatedFor(['default', 'prod-stable'])).steps
    const steps = run.plan.steps.filter(({ phase, target }) => phase === 'switch' && target !== undefined)
    // A tag's Service is in what a real istioctl generates; here it is in none.
    const named = steps.filter(({ kind }) => kind !== 'move-tag-service').map(({ id }) => id)
    expect(named).toEqual(writes.map(({ id }) => `switch.${id}`))
  })
})

describe('a new plan for what has not begun', () => {
  const blue = withNamespaces(
    withTag(INSTALLED, tagInjector('blue', 'default')),
    namespace('sea', { 'istio.io/rev': 'blue' }),
  )

  test('has a step for a tag that was added, and says who it moves', () => {
    const remade = remakePlan(RUN, blue, T0)
    expect(factsOf(remade)).toEqual({
      code: 'PLAN_CHANGED',
      added: ['switch.move-tag.blue', 'switch.move-tag-service.blue'],
      classes: ['tag:blue'],
    })
    const plan = remade.kind === 'changed' ? remade.plan : RUN.plan
    expect(plan.classes.find(({ key }) => key === 'tag:blue')).toMatchObject({
      before: 'default',
      after: '1-31-0',
      movedBy: 'switch.move-tag.blue',
    })
    expect(plan.steps.filter(({ phase }) => phase === 'install')).toEqual(
      RUN.plan.steps.filter(({ phase }) => phase === 'install'),
    )
  })

  test('has none for a tag that is gone and that nobody asks for', () => {
    const gone = { ...withoutTag(INSTALLED, 'istio-revision-tag-prod-stable'), namespaces: NAMESPACES.slice(0, 1) }
    expect(factsOf(remakePlan(RUN, gone, T0))).toEqual({
      code: 'PLAN_CHANGED',
      missing: ['switch.move-tag.prod-stable', 'switch.move-tag-service.prod-stable'],
    })
  })

  test('names the first namespace that asks by a tag which nobody used', () => {
    const unused = installedRun(withoutNew({ ...INSTALLED, namespaces: NAMESPACES.slice(0, 1) }))
    expect(factsOf(remakePlan(unused, INSTALLED, T0))).toEqual({ code: 'PLAN_CHANGED', classes: ['tag:prod-stable'] })
  })

  test('also before the install has begun, and after one that was undone', () => {
    expect(factsOf(remakePlan(plannedOn(withoutNew(INSTALLED)), withoutNew(blue), T0))).toMatchObject({
      code: 'PLAN_CHANGED',
    })
    const helm = withoutNew({ ...helmMesh(), namespaces: NAMESPACES.slice(0, 1) })
    const adoption = planAdoption(helm, 'default', generatedFor(['default']))
    const left = adoption.ok ? after(helm, adoption.value) : helm
    expect(factsOf(remakePlan(plannedOn(helm), left, T0))).toEqual({
      code: 'PLAN_CHANGED',
      missing: ['install.adopt-tag.default', 'install.disarm.istio-sidecar-injector'],
    })
  })
})

describe('no plan makes right what is wrong', () => {
  test.each<[string, Mesh, object]>([
    [
      'a tag is gone that namespaces ask for',
      withoutTag(INSTALLED, 'istio-revision-tag-prod-stable'),
      { because: 'CLASS_ELSEWHERE', expected: 'default', found: '' },
    ],
    [
      'a tag was moved by hand',
      withTag(INSTALLED, tagInjector('prod-stable', '1-31-0')),
      { because: 'CLASS_ELSEWHERE', class: 'tag:prod-stable', expected: 'default', found: '1-31-0' },
    ],
    [
      'the default tag is gone and its old object is back',
      withTag(withoutTag(INSTALLED, 'istio-revision-tag-default'), revisionInjector('default')),
      { because: 'DEFAULT_ROUTE_CHANGED' },
    ],
    [
      'all leads to another revision',
      withTag(withTag({ ...INSTALLED, namespaces: [] }, tagInjector('default', '1-31-0')), disarmed()),
      { because: 'OLD_REVISION_CHANGED' },
    ],
  ])('%s', (_, mesh, expected) => {
    expect(factsOf(remakePlan(RUN, mesh, T0))).toMatchObject({ code: 'PLAN_OUTDATED', ...expected })
  })
})
