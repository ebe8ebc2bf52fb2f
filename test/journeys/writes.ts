import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'

/** Every write of Meshferry's own that was carried out, outside its namespace, by what it does (versions left out). */
export function ownWrites(kube: KubeServer): readonly string[] {
  return kube.log
    .filter(({ method, url, userAgent, code }) => {
      const dry = url.includes('dryRun=All')
      const own = url.includes('/namespaces/meshferry') || url.endsWith('/namespaces?fieldManager=meshferry')
      return userAgent === 'meshferry' && method !== 'GET' && !dry && !own && code !== 0 && code < 300
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
