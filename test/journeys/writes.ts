import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'

/** Every write of Meshferry's own that was carried out, outside its namespace, by what it does (versions left out). */
export function ownWrites(kube: KubeServer): readonly string[] {
  return kube.log
    .filter(({ method, url, userAgent, code }) => {
      const dry = url.includes('dryRun=All')
      const own = url.includes('/namespaces/meshferry') || url.endsWith('/namespaces?fieldManager=meshferry')
      // A review is a question that is asked by POST.
      const asks = url.endsWith('/selfsubjectaccessreviews')
      return userAgent === 'meshferry' && method !== 'GET' && !dry && !own && !asks && code !== 0 && code < 300
    })
    .map(({ method, url, body }) => `${method} ${url} ${withoutVersions(body)}`)
}

/** The same write with another guard is the same write. */
function withoutVersions(body: string): string {
  return body
    .replaceAll(/"resourceVersion":"\d+",?/g, '')
    .replaceAll(/\{"op":"test","path":"\/metadata\/resourceVersion","value":"\d+"\},?/g, '')
}

export function repeated(writes: readonly string[]): readonly string[] {
  return writes.filter((write, at) => writes.indexOf(write) !== at)
}

const WRITTEN = /^(Mutating|Validating)WebhookConfiguration$|^Service$/

/**
 * Calls back with each object that Meshferry writes, once for each, in the moment when it is written: between a write and
 * its place in the journal no boundary tells of it.
 */
export function atEachWrite(kube: KubeServer, written: (what: string) => void): () => void {
  const known = new Set<string>()
  return kube.listen(({ object: { kind, metadata } }) => {
    const ours = metadata.managedFields?.some(({ manager }) => manager === 'meshferry') ?? false
    const what = `${kind} ${metadata.name}`
    if (!ours || !WRITTEN.test(kind) || known.has(what)) return
    known.add(what)
    written(`written: ${what}`)
  })
}
