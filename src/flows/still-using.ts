import type { Mesh } from '../istio/mesh.ts'
import { namespaceClassesOf, revisionOfClass } from '../istio/namespace-classes.ts'
import { sidecarOf } from '../istio/sidecar.ts'
import { webhooksLeadingTo } from '../istio/webhooks-leading.ts'

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
  const classes = namespaceClassesOf(mesh).filter((entry) => revisionOfClass(entry) === revision)
  return [
    ...unread,
    ...webhooksLeadingTo(mesh, revision),
    ...classes.map(({ key, namespaces }) => `namespaces ${key}: ${namespaces.slice(0, NAMED).join(', ')}`),
  ]
}

/** Running pods with a sidecar of which nothing says the revision: they may need any of them. */
export function podsUnknown(mesh: Mesh): readonly string[] {
  return podsWith(mesh, null, 'pods of an unknown revision')
}

function podsUsing(mesh: Mesh, revision: string): readonly string[] {
  return podsWith(mesh, revision, 'pods')
}

function podsWith(mesh: Mesh, revision: string | null, what: string): readonly string[] {
  const pods = mesh.pods.filter((pod) => {
    const sidecar = sidecarOf(pod)
    return sidecar.kind !== 'none' && sidecar.revision === revision
  })
  if (pods.length === 0) return []
  const named = pods.slice(0, NAMED).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)
  return [`${pods.length} ${what}: ${named.join(', ')}`]
}
