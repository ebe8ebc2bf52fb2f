import { injectorsOf } from '../istio/injectors.ts'
import type { Mesh } from '../istio/mesh.ts'
import { namespaceClassesOf, revisionOfClass } from '../istio/namespace-classes.ts'
import { sidecarOf } from '../istio/sidecar.ts'
import { tagsLeadingTo } from '../istio/tags.ts'
import { validatorMoves } from '../istio/validators.ts'

const NAMED = 5

/**
 * Everything that a revision is still needed for: tags and validators that lead to it, classes whose new pods get it, and pods
 * that run its sidecar. What couldn't be read counts as a use: unknown is not safe. Empty means that it may go.
 */
export function stillUsing(mesh: Mesh, revision: string): readonly string[] {
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
    ...classes.map(({ key, namespaces }) => `namespaces ${key}: ${namespaces.slice(0, NAMED).join(', ')}`),
    ...podsUsing(mesh, revision),
  ]
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
