import { injectorsOf } from '../istio/injectors.ts'
import type { Mesh } from '../istio/mesh.ts'
import { namespaceClassesOf, revisionOfClass } from '../istio/namespace-classes.ts'
import type { WebhookEntry } from '../istio/objects.ts'
import { sidecarOf } from '../istio/sidecar.ts'
import { tagsLeadingTo } from '../istio/tags.ts'
import { targetOf } from '../istio/service-target.ts'
import { validatorMoves, validatorsOf } from '../istio/validators.ts'

const NAMED = 5

/**
 * Everything that a revision is still needed for: what resolves to it, and pods that run its sidecar. Empty means that it may go.
 */
export function stillUsing(mesh: Mesh, revision: string): readonly string[] {
  return [...resolvingTo(mesh, revision), ...podsUsing(mesh, revision)]
}

/**
 * Everything that leads to a revision: tags, validators and webhooks of any kind whose Service would go with it, and classes of
 * namespaces and templates whose new pods get it. What couldn't be read counts: unknown is not safe.
 */
export function resolvingTo(mesh: Mesh, revision: string): readonly string[] {
  const unread = mesh.unreadable.map(({ part }) => `unreadable: ${part}`)
  const tags = tagsLeadingTo(mesh, revision).map(({ tag }) => `tag ${tag}`)
  const validators = validatorMoves(mesh, revision).map(({ validator }) => `validator ${validator.name}`)
  const classes = namespaceClassesOf(mesh).filter((entry) => revisionOfClass(entry) === revision)
  const foreign = injectorsOf(mesh).filter(
    (injector) =>
      injector.labelledRevision !== revision &&
      injector.entries.some(({ live, target }) => live && target.kind === 'revision' && target.revision === revision),
  )
  return [
    ...unread,
    ...tags,
    ...validators,
    ...foreign.map(({ name }) => `injector ${name}`),
    ...otherWebhooks(mesh, revision).map((name) => `webhook ${name}`),
    ...classes.map(({ key, namespaces }) => `namespaces ${key}: ${namespaces.slice(0, NAMED).join(', ')}`),
  ]
}

/** Webhooks that are none of Istio's own objects of this revision, and call one of its Services all the same. */
function otherWebhooks(mesh: Mesh, revision: string): readonly string[] {
  const ours = new Set(injectorsOf(mesh).map(({ object }) => object))
  const known = new Set(validatorsOf(mesh).map(({ object }) => object))
  return [...mesh.mutatingWebhooks, ...mesh.validatingWebhooks]
    .filter(
      (object) => !ours.has(object) && !known.has(object) && object.metadata.labels?.['istio.io/rev'] !== revision,
    )
    .filter(({ webhooks = [] }) => webhooks.some((entry) => leadsTo(mesh, entry, revision)))
    .map(({ metadata }) => metadata.name)
}

function leadsTo(mesh: Mesh, entry: WebhookEntry, revision: string): boolean {
  const target = targetOf(mesh, entry)
  return target.kind === 'revision' && target.revision === revision
}

function podsUsing(mesh: Mesh, revision: string): readonly string[] {
  const pods = mesh.pods.filter((pod) => {
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return false
    const sidecar = sidecarOf(pod)
    return sidecar.kind !== 'none' && sidecar.revision === revision
  })
  if (pods.length === 0) return []
  const named = pods.slice(0, NAMED).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)
  return [`${pods.length} pods: ${named.join(', ')}`]
}
