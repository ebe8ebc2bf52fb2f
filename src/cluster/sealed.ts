import { CodedError } from '../kernel/errors.ts'
import { macMatches, macOf } from '../kernel/signatures.ts'
import type { ConfigMap } from '../istio/objects.ts'
import type { MapContent } from './config-maps.ts'

/** The first key makes MACs, all of them are accepted: so keys can be rotated. `cluster` is bound into every MAC. */
export type SealKeys = { readonly cluster: string; readonly keys: readonly string[] }

const MAC = 'meshferry.io/mac'
const TEXT = 'content'

/** One text under a MAC that also covers cluster and name, so that a record can't be passed off as another one. */
export function seal(seals: SealKeys, name: string, part: string, text: string): MapContent {
  const [key] = seals.keys
  if (!key) throw new CodedError('RECORD_KEY_MISSING', {})
  return { name, part, data: { [TEXT]: text }, annotations: { [MAC]: macOf(bound(seals.cluster, name, text), key) } }
}

/** The text of a sealed ConfigMap. Throws RECORD_FORGED {name, namespace} when no key of ours made its MAC. */
export function unseal(seals: SealKeys, map: ConfigMap): string {
  const { name, namespace = '', annotations } = map.metadata
  const text = map.data?.[TEXT]
  const mac = annotations?.[MAC]
  if (text === undefined || mac === undefined || !macMatches(bound(seals.cluster, name, text), mac, seals.keys)) {
    throw new CodedError('RECORD_FORGED', { name, namespace })
  }
  return text
}

function bound(cluster: string, name: string, text: string): string {
  return `${cluster}/${name}\n${text}`
}

/** Parses JSON that was sealed by us. Throws RECORD_UNREADABLE {name, message}. */
export function parsedRecord<T>(name: string, text: string, parse: (value: unknown) => T): T {
  try {
    return parse(JSON.parse(text))
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 500) : String(error)
    throw new CodedError('RECORD_UNREADABLE', { name, message }, { cause: error })
  }
}
