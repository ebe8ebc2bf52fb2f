import type { ControlPlane } from '../istio/control-plane.ts'
import { defaultPlane, ownerLabels, revisionLabel, runningReplicas, withRevision } from '../istio/control-plane.ts'
import { caBundleOf, meshRoot } from '../istio/mesh-root.ts'
import { renderControlPlane } from '../istio/render.ts'
import type { TagSource } from '../istio/webhook-objects.ts'
import { defaultValidator, oldValidator, revisionValidator, tagInjector, tagService } from '../istio/webhook-objects.ts'
import { NEVER_MATCH } from '../istio/webhook-entries.ts'
import { revisionInjector } from '../istio/webhook-objects.ts'
import type { KubeObject } from '../kube-object.ts'
import { isJsonObject, listAt } from '../kube-object.ts'
import type { KubeServer } from '../server.ts'
import { seedHelmRelease } from './seed-helm.ts'
import { seedRunning } from './seed-running.ts'
import { seedNamespace } from './seed-cluster.ts'

/** How the control plane came to be: what decides which object serves `istio-injection=enabled`. */
export type Era = 'tag' | 'helm' | 'one-entry' | 'four-entries'

export type SeedIstio = {
  /** Empty (default) for an unrevisioned control plane. */
  readonly revision?: string
  readonly version: string
  readonly era: Era
  /** False: a further control plane that nothing points to. Default true. */
  readonly serving?: boolean
  /** False: pods that are not ready. Default true. */
  readonly ready?: boolean
  readonly plane?: Partial<ControlPlane>
  /** PEM of the mesh's root; default the sandbox's. */
  readonly root?: string
}

/**
 * A control plane that runs, in the shape its era leaves: `tag` as istioctl ≥ 1.12 (own object never-match, live default
 * tag), `helm` (one live object of four entries, no tag), `four-entries` (istioctl 1.10, 1.11), `one-entry` (1.7–1.9).
 */
export function seedIstio(server: KubeServer, options: SeedIstio): void {
  const { version, era, revision = '', serving = true, ready = true, root = meshRoot } = options
  const plane: ControlPlane = { ...defaultPlane, revision, version, tag: version, ...options.plane }
  if (!server.get('v1', 'Namespace', plane.namespace)) seedNamespace(server, { name: plane.namespace })
  seedRoot(server, plane.namespace, root)
  seedObjects(server, plane, era, [...workloadObjects(plane), ...webhookObjects(plane, era, serving, caBundleOf(root))])
  if (era === 'helm') seedHelmRelease(server, plane)
  const name = withRevision('istiod', revision)
  seedRunning(server, { namespace: plane.namespace, name, ready, count: runningReplicas(plane) })
}

function seedObjects(server: KubeServer, plane: ControlPlane, era: Era, objects: readonly KubeObject[]): void {
  const manager = era === 'helm' ? 'helm' : 'istio-operator'
  for (const object of objects) server.put(marked(object, plane, era), manager)
}

/** All but the webhook configurations, whose shape the era decides. */
function workloadObjects(plane: ControlPlane): KubeObject[] {
  return renderControlPlane(plane).filter((object) => !object.apiVersion.startsWith('admissionregistration'))
}

/** A user's tag that points at a revision (`default` for the unrevisioned one), as `istioctl tag set` makes it. */
export function seedTag(server: KubeServer, tag: string, revision: string, version = '1.30.0'): void {
  const source = tagSource({ ...defaultPlane, revision: revision === 'default' ? '' : revision, version }, tag, {})
  server.put(tagInjector(source), 'istio-ci')
  server.put(tagService(source), 'istio-ci')
}

function webhookObjects(plane: ControlPlane, era: Era, serving: boolean, caBundle: string): KubeObject[] {
  const own = revisionInjector(plane, caBundle)
  if (era === 'one-entry') return [own, oldValidator(plane.namespace, caBundle)]
  const validator = revisionValidator(plane, 'Fail', caBundle)
  const source = tagSource(plane, 'default', own.metadata.labels ?? {}, caBundle)
  if (era === 'four-entries') return [own, validator]
  if (era === 'helm') return serving ? [own, validator, defaultValidator(source, false, 'Fail')] : [own, validator]
  if (!serving) return [own, validator]
  const kept = plane.revision === '' ? deactivated(own) : own
  return [kept, validator, tagInjector(source), tagService(source), defaultValidator(source, true, 'Fail')]
}

function tagSource(plane: ControlPlane, tag: string, labels: Record<string, string>, caBundle?: string): TagSource {
  const { app: _app, ...others } = labels
  return {
    tag,
    revision: revisionLabel(plane.revision),
    namespace: plane.namespace,
    service: withRevision('istiod', plane.revision),
    path: '/inject',
    caBundle: caBundle ?? caBundleOf(meshRoot),
    version: plane.version,
    labels: others,
  }
}

/** As istioctl leaves the unrevisioned object once a default tag exists. */
function deactivated(object: KubeObject): KubeObject {
  const webhooks = listAt(object, 'webhooks').map((entry) =>
    isJsonObject(entry) ? { ...entry, namespaceSelector: NEVER_MATCH, objectSelector: NEVER_MATCH } : entry,
  )
  return { ...object, webhooks }
}

function marked(object: KubeObject, plane: ControlPlane, era: Era): KubeObject {
  const { labels, annotations } = object.metadata
  if (era === 'helm') {
    const release = { 'meta.helm.sh/release-name': 'istiod', 'meta.helm.sh/release-namespace': plane.namespace }
    return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, ...release } } }
  }
  const component = labels?.['operator.istio.io/component'] ?? 'Pilot'
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, ...ownerLabels(plane, component) } } }
}

function seedRoot(server: KubeServer, namespace: string, root: string): void {
  if (server.get('v1', 'ConfigMap', 'istio-ca-root-cert', namespace)) return
  server.put(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio-ca-root-cert', namespace, labels: { 'istio.io/config': 'true' } },
      data: { 'root-cert.pem': root },
    },
    'pilot-discovery',
  )
}
