import type { ControlPlane } from '../kube-server/istio/control-plane.ts'
import { ownerLabels, revisionLabel } from '../kube-server/istio/control-plane.ts'
import type { TagSource } from '../kube-server/istio/webhook-objects.ts'
import { defaultValidator, tagInjector, tagService } from '../kube-server/istio/webhook-objects.ts'
import { NEVER_MATCH } from '../kube-server/istio/webhook-entries.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { isJsonObject, listAt, textAt } from '../kube-server/kube-object.ts'
import { step } from './behaviour.ts'
import type { Session } from './session.ts'
import { minor } from './session.ts'

/**
 * The last part of an install. From 1.27 a revisioned install makes itself the default when no injector carries
 * `istio.io/tag=default`, even though an untagged one is serving (istio PR 56004); 1.12 to 1.23 only when there was no
 * injector at all before, which a revisioned install of this script never sees; an unrevisioned one always does (≥ 1.12).
 */
export async function takeDefault(session: Session, plane: ControlPlane): Promise<void> {
  const tags = await session.kube().list('MutatingWebhookConfiguration', 'app=sidecar-injector,istio.io/tag=default')
  const asked = plane.revision === '' && minor(session) >= 12
  if (!asked && (minor(session) < 27 || tags.length > 0)) return
  const source = await tagSource(session, 'default', revisionLabel(plane.revision), plane.namespace)
  const notPruned = { 'install.operator.istio.io/owning-resource-not-pruned': 'true' }
  const labels = { ...source.labels, ...ownerLabels(plane, ''), ...notPruned }
  await disarm(session)
  for (const object of await tagObjects(session, { ...source, labels }, false)) {
    await step(session.behaviour, `tag:${object.kind}`)
    await session.kube().apply(object, 'istio-operator')
  }
}

/** What a tag copies from the revision's own injector: its first entry's service, path and authority, and its labels. */
export async function tagSource(
  session: Session,
  tag: string,
  revision: string,
  namespace: string,
): Promise<TagSource> {
  const own = await session.kube().list('MutatingWebhookConfiguration', `istio.io/rev=${revision},!istio.io/tag`)
  if (own.length === 0) {
    const what = `cannot find MutatingWebhookConfiguration or Service with revision "${revision}"`
    throw new Error(`cannot modify tag: ${what}`)
  }
  if (own.length > 1)
    throw new Error(`cannot modify tag: found multiple canonical webhooks or services with revision "${revision}"`)
  const entry = listAt(own[0], 'webhooks').find((one) => textAt(one, 'name')?.endsWith('sidecar-injector.istio.io'))
  const { app: _app, ...labels } = own[0]?.metadata.labels ?? {}
  return {
    tag,
    revision,
    namespace,
    service: textAt(entry, 'clientConfig', 'service', 'name') ?? '',
    path: textAt(entry, 'clientConfig', 'service', 'path') ?? '/inject',
    caBundle: textAt(entry, 'clientConfig', 'caBundle') ?? '',
    version: session.version,
    labels,
  }
}

/** Injector, default validator and (≥ 1.28) Service of a tag. Tags made by a user lose the operator's labels. */
export async function tagObjects(session: Session, source: TagSource, byUser: boolean): Promise<KubeObject[]> {
  const kept = Object.entries(source.labels).filter(([key]) => !byUser || !key.includes('operator.istio.io'))
  const labelled = { ...source, labels: Object.fromEntries(kept) }
  const validator = source.tag === 'default' ? [defaultValidator(labelled, true, await livePolicy(session))] : []
  return [tagInjector(labelled), ...validator, ...(minor(session) >= 28 ? [tagService(labelled)] : [])]
}

/** Sets never-match on the unrevisioned injector: the first thing that moving the default does, before the tag is there. */
export async function disarm(session: Session): Promise<void> {
  const [own, ...more] = await session.kube().list('MutatingWebhookConfiguration', 'istio.io/rev=default,!istio.io/tag')
  if (more.length > 0)
    throw new Error('failed deactivating existing default revision: expected a single webhook for default revision')
  if (!own) return
  await step(session.behaviour, 'disarm')
  const webhooks = listAt(own, 'webhooks').map((entry) =>
    isJsonObject(entry) ? { ...entry, namespaceSelector: NEVER_MATCH, objectSelector: NEVER_MATCH } : entry,
  )
  await session.kube().update({ ...own, webhooks }, `istioctl-${session.version}`)
}

/** A live validator that istiod has set to Fail keeps its policy: the field is left out. */
async function livePolicy(session: Session): Promise<string | undefined> {
  const live = await session.kube().get('ValidatingWebhookConfiguration', 'istiod-default-validator')
  if (!live) return 'Ignore'
  const policy = textAt(listAt(live, 'webhooks')[0], 'failurePolicy')
  return policy === 'Fail' ? undefined : policy
}
