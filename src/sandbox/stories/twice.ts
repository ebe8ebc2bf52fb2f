import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { WORKER_ACCOUNT } from '../trouble/touches.ts'

const TAG = 'istio-revision-tag-'
const TAG_PATH = `/mutatingwebhookconfigurations/${TAG}`
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export function isTag({ kind, metadata }: KubeObject): boolean {
  return kind === 'MutatingWebhookConfiguration' && metadata.name.startsWith(TAG)
}

/**
 * Tags that Meshferry wrote more than once with the same content since this place in the log. Whoever takes over must see what the
 * one before it has written, though that one never had an answer.
 */
export function tagsWrittenTwice({ log }: Pick<KubeServer, 'log'>, from: number): readonly string[] {
  const writes = log
    .slice(from)
    .filter(({ user, method, code }) => user === WORKER_ACCOUNT && WRITES.has(method) && code > 0 && code < 300)
    .filter(({ url }) => url.includes(TAG_PATH) && !url.includes('dryRun='))
    // The version that a write rests on differs from try to try.
    .map(({ method, url, body }) => [method, url, body.replace(/"resourceVersion":"\d+",?/, '')])
  return writes
    .filter((one, index) => writes.slice(0, index).some((other) => isDeepStrictEqual(one, other)))
    .map(String)
}

const INSTALLED = new Set(['Deployment', 'Service', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'])

/** Watches what is made of a control plane; `again` names what was made more than once: removed, and made anew. */
export function watchMaking(kube: Pick<KubeServer, 'listen'>, revision: string): MakingWatch {
  const made: string[] = []
  const stop = kube.listen(({ type, object: { kind, metadata } }) => {
    if (type !== 'ADDED' || !INSTALLED.has(kind) || metadata.labels?.['istio.io/rev'] !== revision) return
    made.push(`${kind} ${metadata.name}`)
  })
  return { again: () => made.filter((name, index) => made.indexOf(name) < index), stop }
}

type MakingWatch = { readonly again: () => readonly string[]; readonly stop: () => void }
