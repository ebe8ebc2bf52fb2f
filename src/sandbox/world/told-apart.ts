import type { KubeObject } from '../kube-server/kube-object.ts'
import { isJsonObject, listAt, stringsAt, textAt } from '../kube-server/kube-object.ts'

/**
 * What these webhooks can see of a namespace by its labels: those that read the same are treated alike by every one of them, so
 * one answers for all.
 */
export function newTeller(webhooks: readonly KubeObject[]): (namespace: KubeObject) => string {
  const asked = new Map<string, Set<string>>()
  const add = (key: string, values: readonly unknown[]): void => {
    const known = asked.get(key) ?? new Set()
    for (const value of values) known.add(String(value))
    asked.set(key, known)
  }
  for (const webhook of webhooks.flatMap((one) => listAt(one, 'webhooks'))) {
    const labels = stringsAt(webhook, 'namespaceSelector', 'matchLabels')
    for (const [key, value] of Object.entries(labels)) add(key, [value])
    const expressions = listAt(webhook, 'namespaceSelector', 'matchExpressions').filter(isJsonObject)
    for (const one of expressions) add(textAt(one, 'key') ?? '', listAt(one, 'values'))
  }
  return ({ metadata: { labels = {} } }) => [...asked].map(([key, values]) => seenAs(labels[key], values)).join('\n')
}

function seenAs(value: string | undefined, values: ReadonlySet<string>): string {
  if (value === undefined) return 'absent'
  return values.has(value) ? `is ${value}` : 'another'
}
