import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KubeApi } from './kube-api.ts'
import type { Container, Pod, Volume } from './pod-types.ts'

type Keyed = { readonly data?: Readonly<Record<string, string>> }

/**
 * Writes a container's ConfigMap, Secret and projected-token volumes below `root` at their mount paths, as a kubelet does.
 * What doesn't exist is left out: istiod's own volumes of that kind are optional.
 */
export async function writeVolumes(api: KubeApi, pod: Pod, container: Container, root: string): Promise<void> {
  for (const volume of pod.spec.volumes ?? []) {
    const mount = container.volumeMounts?.find(({ name }) => name === volume.name)?.mountPath
    if (mount === undefined) continue
    const files = await filesOf(api, pod, volume)
    if (files.size === 0) continue
    mkdirSync(join(root, mount), { recursive: true })
    for (const [name, content] of files) writeFileSync(join(root, mount, name), content)
  }
}

async function filesOf(api: KubeApi, pod: Pod, volume: Volume): Promise<ReadonlyMap<string, string | Buffer>> {
  const base = `/api/v1/namespaces/${pod.metadata.namespace ?? ''}`
  if (volume.configMap) return keyed(api, `${base}/configmaps/${volume.configMap.name}`, (text) => text)
  if (volume.secret)
    return keyed(api, `${base}/secrets/${volume.secret.secretName}`, (text) => Buffer.from(text, 'base64'))
  const files = new Map<string, string>()
  for (const { serviceAccountToken: source } of volume.projected?.sources ?? []) {
    if (source) files.set(source.path, await tokenOf(api, pod, source.audience))
  }
  return files
}

async function keyed<T>(api: KubeApi, path: string, decode: (text: string) => T): Promise<ReadonlyMap<string, T>> {
  const answer = await api.ask('GET', path)
  if (answer.status !== 200) return new Map()
  const { data = {} } = answer.body as Keyed
  return new Map(Object.entries(data).map(([name, text]) => [name, decode(text)]))
}

/** A token of the pod's own service account, so that a right which the chart forgets is missing here too. */
export async function tokenOf(api: KubeApi, pod: Pod, audience?: string): Promise<string> {
  const account = pod.spec.serviceAccountName ?? 'default'
  return requestToken(api, pod.metadata.namespace ?? 'default', account, audience)
}

export async function requestToken(
  api: KubeApi,
  namespace: string,
  account: string,
  audience?: string,
): Promise<string> {
  const spec = { expirationSeconds: 86_400, ...(audience === undefined ? {} : { audiences: [audience] }) }
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec }
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`
  const made = await api.need<{ readonly status: { readonly token: string } }>('POST', path, body)
  return made.status.token
}
