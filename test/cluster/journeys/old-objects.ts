import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'
import { pathOfKind } from '../harness/mesh-objects.ts'

/**
 * Webhook objects as Istio before 1.12 rendered them (manifests/charts/istio-control/istio-discovery/templates/
 * mutatingwebhook.yaml and base's validatingwebhookconfiguration.yaml at the tags 1.7.8, 1.9.9, 1.10.6), put in the place of
 * those that a current istioctl made for the same istiod.
 */
export type OldShape = 'one-entry' | 'four-entries'

export type InjectorObject = KubeObject & { readonly webhooks: readonly InjectorEntry[] }
type InjectorEntry = {
  readonly name: string
  readonly clientConfig: { readonly caBundle?: string; readonly service?: { readonly name: string } }
}

export const INJECTOR = 'istio-sidecar-injector'
export const VALIDATOR = 'istiod-istio-system'

const MUTATING = 'mutatingwebhookconfigurations'
const VALIDATING = 'validatingwebhookconfigurations'

/** What istioctl 1.12 and later makes beside a control plane, and none before it did. */
const UNKNOWN_THEN = [
  pathOfKind(MUTATING) + '/istio-revision-tag-default',
  pathOfKind(VALIDATING) + '/istiod-default-validator',
  pathOfKind(VALIDATING) + '/istio-validator-istio-system',
  pathOfKind('services', 'istio-system') + '/istiod-revision-tag-default',
]

/** Gives the unrevisioned control plane the objects of its time: no tag, one or four live entries, one validator for all. */
export async function makeOld(mesh: Mesh, shape: OldShape): Promise<void> {
  const live = await injector(mesh)
  const caBundle = live.webhooks[0]?.clientConfig.caBundle ?? ''
  if (caBundle === '') throw new Error('the istiod has not written its caBundle yet')
  for (const path of [...UNKNOWN_THEN, `${pathOfKind(MUTATING)}/${INJECTOR}`]) await mesh.api.ask('DELETE', path)
  await mesh.api.need('POST', pathOfKind(MUTATING), injectorOf(shape, caBundle))
  await mesh.api.need('POST', pathOfKind(VALIDATING), validatorOf(caBundle))
}

/** An injector of `revision` as 1.7 to 1.9 rendered it, before the istiod of another revision: only its selector is asked about. */
export async function makeOldRevision(mesh: Mesh, revision: string, service: string): Promise<void> {
  const live = await mesh.object<InjectorObject>(MUTATING, `istio-sidecar-injector-${service.replace('istiod-', '')}`)
  const caBundle = live?.webhooks[0]?.clientConfig.caBundle ?? ''
  const expression = (key: string, operator: string, ...values: string[]): object =>
    values.length === 0 ? { key, operator } : { key, operator, values }
  const matchExpressions = [expression('istio.io/rev', 'In', revision), expression('istio-injection', 'DoesNotExist')]
  const named = { service: { name: service, namespace: 'istio-system', path: '/inject', port: 443 }, caBundle }
  const webhook = { ...oneEntry(caBundle), namespaceSelector: { matchExpressions }, clientConfig: named }
  const metadata = { name: `${INJECTOR}-${revision}`, labels: { app: 'sidecar-injector', 'istio.io/rev': revision } }
  await mesh.api.need('POST', pathOfKind(MUTATING), { metadata, webhooks: [webhook] })
}

export async function removeOldRevision(mesh: Mesh, revision: string): Promise<void> {
  await mesh.api.need('DELETE', `${pathOfKind(MUTATING)}/${INJECTOR}-${revision}`)
}

export async function injector(mesh: Mesh): Promise<InjectorObject> {
  const found = await mesh.object<InjectorObject>(MUTATING, INJECTOR)
  if (found === null) throw new Error(`${INJECTOR} is not there`)
  return found
}

/** The Services that the injector's entries name, in their order. */
export async function injectorServices(mesh: Mesh): Promise<readonly string[]> {
  return (await injector(mesh)).webhooks.map(({ clientConfig }) => clientConfig.service?.name ?? '')
}

function injectorOf(shape: OldShape, caBundle: string): object {
  const webhooks = shape === 'one-entry' ? [oneEntry(caBundle)] : fourEntries(caBundle)
  const labels = {
    app: 'sidecar-injector',
    'install.operator.istio.io/owning-resource': 'installed-state',
    'install.operator.istio.io/owning-resource-namespace': 'istio-system',
    'istio.io/rev': 'default',
    'operator.istio.io/component': 'Pilot',
    'operator.istio.io/managed': 'Reconcile',
    'operator.istio.io/version': shape === 'one-entry' ? '1.9.9' : '1.10.6',
    release: 'istio',
  }
  return { metadata: { name: INJECTOR, labels }, webhooks }
}

/** 1.7–1.9 wrote v1beta1 objects, whose defaults were a timeout of 30 s and Exact. */
function oneEntry(caBundle: string): object {
  const selector = { matchLabels: { 'istio-injection': 'enabled' } }
  return { ...entry('', selector, {}, caBundle), timeoutSeconds: 30, matchPolicy: 'Exact' }
}

/** 1.10 and 1.11: by revision first, and only then what istio-injection=enabled asks for. */
function fourEntries(caBundle: string): readonly object[] {
  const revision = { key: 'istio.io/rev', operator: 'In', values: ['default'] }
  const noRevision = { key: 'istio.io/rev', operator: 'DoesNotExist' }
  const noInjection = { key: 'istio-injection', operator: 'DoesNotExist' }
  const notOut = { key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }
  const enabled = { key: 'istio-injection', operator: 'In', values: ['enabled'] }
  const asked = { key: 'sidecar.istio.io/inject', operator: 'In', values: ['true'] }
  const all = (...matchExpressions: object[]): object => ({ matchExpressions })
  return [
    entry('rev.namespace.', all(revision, noInjection), all(notOut), caBundle),
    entry('rev.object.', all(noRevision, noInjection), all(notOut, revision), caBundle),
    entry('namespace.', all(enabled), all(notOut), caBundle),
    entry('object.', all(noInjection, noRevision), all(asked, noRevision), caBundle),
  ]
}

function entry(prefix: string, namespaceSelector: object, objectSelector: object, caBundle: string): object {
  return {
    name: `${prefix}sidecar-injector.istio.io`,
    clientConfig: { service: { name: 'istiod', namespace: 'istio-system', path: '/inject', port: 443 }, caBundle },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: ['v1beta1', 'v1'],
    namespaceSelector,
    objectSelector,
  }
}

function validatorOf(caBundle: string): object {
  const groups = ['config.istio.io', 'security.istio.io', 'authentication.istio.io', 'networking.istio.io']
  const webhook = {
    name: 'validation.istio.io',
    clientConfig: { service: { name: 'istiod', namespace: 'istio-system', path: '/validate' }, caBundle },
    rules: [{ operations: ['CREATE', 'UPDATE'], apiGroups: groups, apiVersions: ['*'], resources: ['*'] }],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: ['v1beta1', 'v1'],
  }
  return {
    metadata: { name: VALIDATOR, labels: { app: 'istiod', istio: 'istiod', release: 'istio' } },
    webhooks: [webhook],
  }
}
