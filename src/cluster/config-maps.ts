import { CodedError } from '../kernel/errors.ts'
import type { ConfigMap } from '../istio/objects.ts'
import type { KubeHttp } from './kube-http.ts'
import { listAll } from './list-pages.ts'
import { firstServed } from './read-parts.ts'

/** What is put into one ConfigMap of ours. */
export type MapContent = {
  readonly name: string
  readonly part: string
  readonly data: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

/** ConfigMaps of our own namespace, changed by compare-and-set only. */
export type ConfigMaps = {
  readonly namespace: string
  readonly get: (name: string) => Promise<ConfigMap | null>
  /** The new resourceVersion; null when one of this name is there already. */
  readonly create: (content: MapContent) => Promise<string | null>
  /** The new resourceVersion; null when somebody wrote or removed it in between. */
  readonly replace: (content: MapContent, version: string) => Promise<string | null>
  readonly remove: (name: string, guard: { readonly uid: string; readonly version: string }) => Promise<boolean>
  readonly names: (part: string) => Promise<readonly string[]>
}

const PART_LABEL = 'meshferry.io/part'

export function newConfigMaps(http: KubeHttp, namespace: string): ConfigMaps {
  const root = `/api/v1/namespaces/${namespace}/configmaps`
  const pathOf = (name: string): string => `${root}/${encodeURIComponent(name)}`
  const send = (method: 'POST' | 'PUT', path: string, content: MapContent, version?: string) =>
    unlessConflict(async () => {
      const body = bodyOf(namespace, content, version)
      const saved = (await http.json({ method, path: `${path}?fieldManager=meshferry`, body })) as ConfigMap
      return saved.metadata.resourceVersion ?? ''
    })
  return {
    namespace,
    get: (name) => firstServed([async () => (await http.json({ method: 'GET', path: pathOf(name) })) as ConfigMap]),
    create: (content) => send('POST', root, content),
    replace: (content, version) => send('PUT', pathOf(content.name), content, version),
    async remove(name, { uid, version }) {
      const body = { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid, resourceVersion: version } }
      const done = await unlessConflict(() => http.json({ method: 'DELETE', path: pathOf(name), body }))
      return done !== null
    },
    names: (part) => listAll(http, root, (one) => one.metadata.name, { ...ofPart(part), metadataOnly: true }),
  }
}

function ofPart(part: string): { readonly labelSelector: string } {
  return { labelSelector: `${PART_LABEL}=${part}` }
}

function bodyOf(namespace: string, content: MapContent, version?: string): ConfigMap {
  const { name, part, data, annotations = {} } = content
  const labels = { 'app.kubernetes.io/managed-by': 'meshferry', [PART_LABEL]: part }
  const metadata = { name, namespace, labels, annotations, ...(version ? { resourceVersion: version } : {}) }
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
}

/** Null for a lost race: another version, the name taken, or the object gone. A missing namespace is not a race. */
async function unlessConflict<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    if (error.code === 'CLUSTER_CONFLICT') return null
    const message = String(error.facts['message'] ?? '')
    if (error.code === 'CLUSTER_NOT_FOUND' && !message.startsWith('namespaces ')) return null
    throw error
  }
}
