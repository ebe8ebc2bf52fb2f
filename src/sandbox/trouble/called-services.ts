import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, textAt } from '../kube-server/kube-object.ts'

/** Names of the Services that the entries of these injectors call, once for each; an entry that can match no pod calls none. */
export function calledServices(injectors: readonly KubeObject[]): readonly string[] {
  return injectors
    .flatMap((object) => listAt(object, 'webhooks'))
    .filter((entry) => !JSON.stringify(entry).includes('never-match'))
    .flatMap((entry) => textAt(entry, 'clientConfig', 'service', 'name') ?? [])
}
