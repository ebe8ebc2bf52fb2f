import type { Refusal } from '../kernel/errors.ts'
import type { Injector } from './injectors.ts'
import { injectorsOf } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import type { Service } from './objects.ts'
import type { Target } from './service-target.ts'
import { serviceTarget, targetText } from './service-target.ts'

type Selector = Readonly<Record<string, string>>

/** A revision tag: what it says and where it leads. */
export type Tag = {
  readonly tag: string
  readonly injector: Injector
  readonly revisionByLabel: string | null
  /** The revision behind the Services of all its live entries; null when they disagree or lead nowhere. */
  readonly revisionByService: string | null
  /** TAG_MISMATCH (label and Services disagree) or TAG_BROKEN (a live entry leads nowhere, or entries disagree). */
  readonly mismatch: Refusal | null
  /** `istiod-revision-tag-<tag>`, made by Istio 1.28 and later. */
  readonly service: { readonly name: string; readonly selector: Selector; readonly target: Target } | null
}

export function tagsOf(mesh: Mesh): readonly Tag[] {
  return injectorsOf(mesh)
    .filter((injector) => injector.kind === 'tag')
    .map((injector) => tagOf(mesh, injector))
    .sort((a, b) => (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0))
}

/** The tags whose injection leads to a revision, by Service. */
export function tagsLeadingTo(mesh: Mesh, revision: string): readonly Tag[] {
  return tagsOf(mesh).filter((tag) => tag.injector.live && tag.revisionByService === revision)
}

/** The name of a tag's own Service (charts from 1.28). */
export function tagServiceName(tag: string): string {
  return `istiod-revision-tag-${tag}`
}

function tagOf(mesh: Mesh, injector: Injector): Tag {
  const tag = injector.tag ?? ''
  const targets = injector.entries.filter((entry) => entry.live || !injector.live).map((entry) => entry.target)
  const texts = [...new Set(targets.map(targetText))]
  const revisions = new Set(targets.map((target) => (target.kind === 'revision' ? target.revision : null)))
  const [only] = revisions
  const revisionByService = revisions.size === 1 && only !== undefined ? only : null
  return {
    tag,
    injector,
    revisionByLabel: injector.labelledRevision,
    revisionByService,
    mismatch: mismatchOf(injector, revisionByService, texts),
    service: serviceOf(mesh, tag),
  }
}

function mismatchOf(injector: Injector, revision: string | null, services: readonly string[]): Refusal | null {
  const facts = { tag: injector.tag ?? '', object: injector.name, label: injector.labelledRevision ?? '', services }
  if (revision === null) return { code: 'TAG_BROKEN', facts }
  return revision === injector.labelledRevision ? null : { code: 'TAG_MISMATCH', facts }
}

function serviceOf(mesh: Mesh, tag: string): Tag['service'] {
  const found = mesh.services.find(
    (service: Service) =>
      service.metadata.name === tagServiceName(tag) && service.metadata.namespace === mesh.istioNamespace,
  )
  if (found === undefined) return null
  const { name } = found.metadata
  return { name, selector: found.spec?.selector ?? {}, target: serviceTarget(mesh, mesh.istioNamespace, name) }
}
