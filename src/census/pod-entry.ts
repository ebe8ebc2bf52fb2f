import type { ObjectMeta } from '../istio/objects.ts'
import { readStatusAnnotation } from '../istio/status-annotation.ts'
import { controllerOf, type Owner } from './owners.ts'
import { teamOn } from './teams.ts'

/** What the census keeps of one pod that carries a sidecar: little, since there may be a hundred thousand. */
export type PodEntry = {
  readonly namespace: string
  readonly name: string
  /** Null when nothing in its metadata says it: it counts as neither old nor new. */
  readonly revision: string | null
  readonly owner: Owner | null
  /** `sidecar.istio.io/proxyImage`: a redeploy keeps the old proxy. */
  readonly pinnedImage: string | null
  /** `istio.io/rev` on the pod itself: what its template asks for. */
  readonly asksFor: string | null
  /** `sidecar.istio.io/inject` on the pod itself, as a label. */
  readonly asksInjection: string | null
  readonly team: string | null
  readonly createdAt: string
}

const REVISION = 'istio.io/rev'

/**
 * A pod of which the metadata says that it carries a sidecar or is a gateway of the mesh; null for all others. Metadata is
 * enough: the injector leaves its annotation, with the revision from 1.11 on and the pod's label before. (sidecar.ts has the
 * same rules for whole pods; a pod that has ended isn't listed in the first place.)
 */
export function podEntryOf(meta: ObjectMeta, teamLabel: string): PodEntry | null {
  const { labels = {}, annotations = {}, namespace = '', name } = meta
  if (!isOfTheMesh(labels, annotations)) return null
  return {
    namespace,
    name,
    revision: revisionOf(labels, annotations),
    owner: controllerOf(meta),
    pinnedImage: annotations['sidecar.istio.io/proxyImage'] ?? null,
    asksFor: labels[REVISION] ?? null,
    asksInjection: labels['sidecar.istio.io/inject'] ?? null,
    team: teamOn(meta, teamLabel),
    createdAt: meta.creationTimestamp ?? '',
  }
}

type Strings = Readonly<Record<string, string>>

/** Waypoints and gateways that istiod makes for a Gateway object are not injected, and are of the mesh all the same. */
function isOfTheMesh(labels: Strings, annotations: Strings): boolean {
  if (labels['app'] === 'ztunnel') return false
  return annotations['sidecar.istio.io/status'] !== undefined || labels['gateway.istio.io/managed'] !== undefined
}

function revisionOf(labels: Strings, annotations: Strings): string | null {
  const status = readStatusAnnotation(annotations['sidecar.istio.io/status'])
  if (status?.revision !== undefined) return status.revision
  const annotated = annotations[REVISION]
  if (annotated !== undefined) return annotated
  // An annotation without a revision is of 1.7 to 1.10, whose injector wrote the label; later the label is only a wish.
  return status ? (labels[REVISION] ?? null) : null
}
