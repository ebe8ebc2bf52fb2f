import type { ConnectedProxy } from './connected-proxies.ts'
import { connectedProxies } from './connected-proxies.ts'
import type { Session } from './session.ts'
import { minor } from './session.ts'
import { columns } from './columns.ts'

/**
 * `istioctl proxy-status`, as a table. From 1.28 on without `--revision` it asks only the istiods of the default
 * revision: after a switch the proxies of the old one are not in it.
 */
export async function proxyStatus(session: Session): Promise<void> {
  const { revision, namespace } = session.line
  const all = await connectedProxies(session, revision === '' ? await defaultRevision(session) : revision)
  const proxies = namespace === '' ? all : all.filter((one) => one.namespace === namespace)
  session.out(columns(rowsOf(session, proxies), 5))
}

async function defaultRevision(session: Session): Promise<string> {
  if (minor(session) < 28) return ''
  const [tag] = await session.kube().list('MutatingWebhookConfiguration', 'istio.io/tag=default')
  return tag?.metadata.labels?.['istio.io/rev'] ?? 'default'
}

/** Columns as from 1.27, and as from 1.14 on before. */
function rowsOf(session: Session, proxies: readonly ConnectedProxy[]): readonly (readonly string[])[] {
  if (minor(session) >= 27) {
    return [
      ['NAME', 'CLUSTER', 'ISTIOD', 'VERSION', 'SUBSCRIBED TYPES'],
      ...proxies.map((one) => [one.name, 'Kubernetes', one.istiod, one.version, '4 (CDS,LDS,EDS,RDS)']),
    ]
  }
  const synced = Array<string>(4).fill('SYNCED')
  return [
    ['NAME', 'CLUSTER', 'CDS', 'LDS', 'EDS', 'RDS', 'ECDS', 'ISTIOD', 'VERSION'],
    ...proxies.map((one) => [one.name, 'Kubernetes', ...synced, 'NOT SENT', one.istiod, one.version]),
  ]
}
