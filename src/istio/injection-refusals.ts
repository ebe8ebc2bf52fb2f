import type { Refusal } from '../kernel/errors.ts'
import { defaultRoute } from './default-route.ts'
import type { Injector } from './injectors.ts'
import { injectorsOf } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import type { NamespaceClass } from './namespace-classes.ts'
import { namespaceClassesOf } from './namespace-classes.ts'
import { tagsLeadingTo, tagsOf } from './tags.ts'

/**
 * Injector objects that no upgrade can build on: INJECTOR_POISONED (of OLD or NEW, where tags are made from them),
 * INJECTORS_DOUBLED (two objects of one revision: istioctl makes no tag of them), INJECTOR_BY_URL, TAG_MISMATCH and TAG_BROKEN.
 * Where the default is patched and no tag is to move, two are as it should be after an earlier patch: the one that injects, which
 * carries the label of the revision to which it leads, and the revision's own.
 */
export function injectorRefusals(mesh: Mesh, revisions: readonly string[], patched: boolean): readonly Refusal[] {
  const injectors = injectorsOf(mesh)
  const own = injectors.filter(
    ({ kind, labelledRevision }) => kind === 'revision' && revisions.includes(labelledRevision ?? 'default'),
  )
  const poisoned = patched ? [] : own.flatMap((injector) => (injector.poisoned === null ? [] : [injector.poisoned]))
  const byUrl = injectors.filter(({ entries }) => entries.some((entry) => entry.live && entry.url !== null))
  return [
    ...poisoned,
    ...(patched && revisions.every((revision) => tagsLeadingTo(mesh, revision).length === 0) ? [] : doubled(own)),
    ...byUrl.map(({ name, entries }) => ({
      code: 'INJECTOR_BY_URL',
      facts: { object: name, urls: [...new Set(entries.flatMap(({ url }) => (url === null ? [] : [url])))] },
    })),
    ...tagsOf(mesh).flatMap(({ mismatch }) => (mismatch === null ? [] : [mismatch])),
  ]
}

/**
 * Classes whose new pods get something uncertain: INJECTORS_OVERLAP, INJECTION_UNKNOWN, DEFAULT_INJECTION_UNCLEAR; and
 * INJECTION_MISSING where istio-injection=enabled or a tag asks and nobody answers: those pods come up without a sidecar.
 */
export function classRefusals(mesh: Mesh): readonly Refusal[] {
  const route = defaultRoute(mesh)
  const adopting = route.ok && route.value.kind === 'adopting'
  const classes = namespaceClassesOf(mesh).flatMap((namespaceClass) => classRefusal(namespaceClass, adopting))
  return route.ok || classes.length > 0 ? classes : [route.refusal]
}

function classRefusal({ key, name, namespaces, injection }: NamespaceClass, adopting: boolean): readonly Refusal[] {
  const objects = [...new Set(injection.entries.map(({ object }) => object))]
  const facts = { class: key, namespaces: namespaces.slice(0, 5), objects }
  if (injection.kind === 'unknown') return [{ code: 'INJECTION_UNKNOWN', facts: { ...facts, why: injection.why } }]
  const asks = name === 'enabled' || name.startsWith('tag:')
  if (asks && injection.kind === 'none' && injection.why === 'no-match') return [{ code: 'INJECTION_MISSING', facts }]
  if (injection.kind !== 'many' || (adopting && injection.revisions.length === 1)) return []
  return [{ code: 'INJECTORS_OVERLAP', facts: { ...facts, revisions: injection.revisions } }]
}

function doubled(injectors: readonly Injector[]): readonly Refusal[] {
  const byRevision = Map.groupBy(injectors, ({ labelledRevision }) => labelledRevision ?? 'default')
  return [...byRevision].flatMap(([revision, group]) =>
    group.length < 2
      ? []
      : [{ code: 'INJECTORS_DOUBLED', facts: { revision, objects: group.map(({ name }) => name) } }],
  )
}
