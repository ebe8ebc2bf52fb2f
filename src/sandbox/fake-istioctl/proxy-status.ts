import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, textAt } from '../kube-server/kube-object.ts'
import type { Session } from './session.ts'
import { minor } from './session.ts'

type Proxy = { readonly name: string; readonly istiod: string; readonly version: string }

/**
 * `istioctl proxy-status`, as a table. From 1.28 on without `--revision` it asks only the istiods of the default
 * revision: after a switch the proxies of the old one are not in it.
 */
export async function proxyStatus(session: Session): Promise<void> {
  const istiods = await session.kube().list('Pod', 'app=istiod', session.line.istioNamespace)
  const wanted = await revisionAsked(session)
  const asked = istiods.filter((pod) => wanted === '' || revisionOfIstiod(pod) === wanted)
  if (asked.length === 0) throw new Error('unable to find any Istiod instances')
  const pods = await session.kube().list('Pod', '')
  const proxies = pods.flatMap((pod, index) => proxyOf(pod, asked, index))
  session.out(table(session, proxies))
}

async function revisionAsked(session: Session): Promise<string> {
  if (session.line.revision !== '' || minor(session) < 28) return session.line.revision
  const [tag] = await session.kube().list('MutatingWebhookConfiguration', 'istio.io/tag=default')
  return tag?.metadata.labels?.['istio.io/rev'] ?? 'default'
}

function revisionOfIstiod(pod: KubeObject): string {
  return pod.metadata.labels?.['istio.io/rev'] ?? 'default'
}

/** Each proxy holds on to one istiod of the revision that injected it. */
function proxyOf(pod: KubeObject, istiods: readonly KubeObject[], index: number): Proxy[] {
  const status = pod.metadata.annotations?.['sidecar.istio.io/status']
  if (status === undefined || textAt(pod, 'status', 'phase') !== 'Running') return []
  const revision = textAt(JSON.parse(status), 'revision') ?? pod.metadata.labels?.['istio.io/rev'] ?? 'default'
  const peers = istiods.filter((istiod) => revisionOfIstiod(istiod) === revision)
  const istiod = peers[index % Math.max(1, peers.length)]
  if (!istiod) return []
  const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  const sidecar = containers.find((container) => textAt(container, 'name') === 'istio-proxy')
  const version = textAt(sidecar, 'image')?.split(':').at(-1) ?? ''
  return [{ name: `${pod.metadata.name}.${pod.metadata.namespace}`, istiod: istiod.metadata.name, version }]
}

/** Columns as from 1.27, and as from 1.14 on before. */
function table(session: Session, proxies: readonly Proxy[]): string {
  const synced = Array<string>(4).fill('SYNCED')
  const rows =
    minor(session) >= 27
      ? [
          ['NAME', 'CLUSTER', 'ISTIOD', 'VERSION', 'SUBSCRIBED TYPES'],
          ...proxies.map((one) => [one.name, 'Kubernetes', one.istiod, one.version, '4 (CDS,LDS,EDS,RDS)']),
        ]
      : [
          ['NAME', 'CLUSTER', 'CDS', 'LDS', 'EDS', 'RDS', 'ECDS', 'ISTIOD', 'VERSION'],
          ...proxies.map((one) => [one.name, 'Kubernetes', ...synced, 'NOT SENT', one.istiod, one.version]),
        ]
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length))
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(width(column) + 5))).join('')
  return rows.map(line).join('\n')
}
