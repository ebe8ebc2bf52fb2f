import { codedOf } from '../../src/upgrade/event.ts'
import type { ClassPlan, Plan, StepPlan } from '../../src/wire/plan.ts'
import type { Talk } from './drawn-moves.ts'
import { aClick, aPlan } from './run-builders.ts'

/** As long as a signed request may be, with signs that JSON writes in two and UTF-8 in three. */
const LONG = '"前'.repeat(10_000)
const HASH = '0123456789ab'
const MANY = Array.from({ length: 500 }, (_, i) => `${'a-namespace-'.repeat(5)}${i}`)

/** Everything that an event can say is as long as it may be. */
export const LOUD: Talk = {
  click: (who) => ({ ...aClick(who), signed: { ...aClick(who).signed, body: LONG } }),
  said: (code) => codedOf(code, { message: LONG, class: MANY, namespace: MANY }),
  proofs: (run, verdict) =>
    run.plan.classes.map(({ key, before }) => ({
      class: key,
      namespace: 'a-namespace-with-a-long-name',
      expected: before,
      verdict,
      found: before,
      ...(verdict === 'right' ? {} : { because: codedOf('PROBE_REFUSED', { message: LONG }) }),
      via: ['10.0.0.1:6443', '10.0.0.2:6443', '10.0.0.3:6443'],
      at: '2026-03-02T10:00:00.000Z',
    })),
  fields: Object.fromEntries(
    Array.from({ length: 250 }, (_, i) => [`injector/istio-revision-tag-with-a-long-name/rev.namespace.${i}`, HASH]),
  ),
}

/** The same cluster on a day on which nothing goes wrong: clicks and answers are as short as they are. */
export const CALM: Talk = { ...LOUD, click: aClick, said: (code) => codedOf(code, { revision: '1-31-0', ready: 2 }) }

/** A cluster with so many classes and tags; of the classes every tag is asked for by some, the rest by labels of pods. */
export function aLargePlan(classes: number, tags: number): Plan {
  const names = Array.from({ length: tags }, (_, i) => `a-tag-with-a-long-name-${i}`)
  return aPlan({ steps: stepsFor(names), classes: Array.from({ length: classes }, (_, i) => classFor(i, names)) })
}

function stepsFor(tags: readonly string[]): StepPlan[] {
  return [
    { id: 'install.save', phase: 'install', kind: 'save' },
    { id: 'install.install', phase: 'install', kind: 'install' },
    { id: 'install.prove', phase: 'install', kind: 'prove-install' },
    { id: 'switch.save', phase: 'switch', kind: 'save' },
    ...tags.flatMap((target): StepPlan[] => [
      { id: `switch.move-tag.${target}`, phase: 'switch', kind: 'move-tag', target },
      { id: `switch.move-tag-service.${target}`, phase: 'switch', kind: 'move-tag-service', target },
    ]),
    { id: 'switch.prove', phase: 'switch', kind: 'prove-switch' },
    { id: 'rehearse.save', phase: 'rehearse', kind: 'save-old' },
    { id: 'rehearse.rehearse', phase: 'rehearse', kind: 'rehearse' },
    { id: 'retire.save', phase: 'retire', kind: 'save-old' },
    { id: 'retire.uninstall', phase: 'retire', kind: 'uninstall' },
    { id: 'retire.prove', phase: 'retire', kind: 'prove-retire' },
  ]
}

function classFor(i: number, tags: readonly string[]): ClassPlan {
  const tag = tags[i % tags.length] ?? ''
  return {
    key: i < tags.length ? `tag:${tag}` : `pod-level:istio.io/rev=${tag},sidecar.istio.io/inject=true-${i}`,
    namespaces: 5,
    examples: MANY.slice(0, 3),
    pods: 400,
    before: 'default',
    after: '1-31-0',
    movedBy: `switch.move-tag.${tag}`,
  }
}
