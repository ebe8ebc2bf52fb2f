import type { ChangeOperation } from './changes.ts'
import { NEVER_MATCH_SELECTOR } from './injectors.ts'
import type { LabelSelector, WebhookConfiguration } from './objects.ts'

/** Operations with their way back. Every one of them stands behind tests, so that a changed object is never half patched. */
export type PatchPair = { readonly forward: readonly ChangeOperation[]; readonly back: readonly ChangeOperation[] }

/**
 * Points entries of a webhook object at another Service of the same namespace: only the name, never the path, never the
 * caBundle (RFC 6902 with a test of every name, so that a re-ordered list is refused).
 */
export function renameServices(object: WebhookConfiguration, indexes: readonly number[], to: string): PatchPair {
  const pairs = indexes.map((index) => renameService(object, index, to))
  return withIdentity(object, pairs)
}

/** Takes the entries out of use as istioctl does: both selectors never match. The way back holds the saved selectors. */
export function neverMatch(object: WebhookConfiguration, indexes: readonly number[]): PatchPair {
  const pairs = indexes.map((index) => disarmEntry(object, index))
  return withIdentity(object, pairs)
}

function renameService(object: WebhookConfiguration, index: number, to: string): PatchPair {
  const entry = object.webhooks?.[index]
  const path = `/webhooks/${index}/clientConfig/service/name`
  const from = entry?.clientConfig.service?.name ?? ''
  const name = nameTest(object, index)
  return {
    forward: [name, { op: 'test', path, value: from }, { op: 'replace', path, value: to }],
    back: [name, { op: 'test', path, value: to }, { op: 'replace', path, value: from }],
  }
}

function disarmEntry(object: WebhookConfiguration, index: number): PatchPair {
  const entry = object.webhooks?.[index]
  const name = nameTest(object, index)
  const selectors = [
    swap(`/webhooks/${index}/namespaceSelector`, entry?.namespaceSelector),
    swap(`/webhooks/${index}/objectSelector`, entry?.objectSelector),
  ]
  return {
    forward: [name, ...selectors.flatMap((pair) => pair.forward)],
    back: [name, ...selectors.flatMap((pair) => pair.back)],
  }
}

function swap(path: string, saved: LabelSelector | undefined): PatchPair {
  const value = NEVER_MATCH_SELECTOR
  const armed: ChangeOperation = { op: 'test', path, value }
  if (saved === undefined) return { forward: [{ op: 'add', path, value }], back: [armed, { op: 'remove', path }] }
  return {
    forward: [
      { op: 'test', path, value: saved },
      { op: 'replace', path, value },
    ],
    back: [armed, { op: 'replace', path, value: saved }],
  }
}

function nameTest(object: WebhookConfiguration, index: number): ChangeOperation {
  return { op: 'test', path: `/webhooks/${index}/name`, value: object.webhooks?.[index]?.name ?? '' }
}

/** The uid says that it is still the same object and not one that was made again under the name. */
function withIdentity(object: WebhookConfiguration, pairs: readonly PatchPair[]): PatchPair {
  const { uid } = object.metadata
  const same: readonly ChangeOperation[] = uid === undefined ? [] : [{ op: 'test', path: '/metadata/uid', value: uid }]
  return {
    forward: [...same, ...pairs.flatMap((pair) => pair.forward)],
    back: [...same, ...pairs.flatMap((pair) => pair.back)],
  }
}
