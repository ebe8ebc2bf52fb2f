import type { DirectAccess } from './direct-access.ts'

/** The objects that every cluster has from its first second, and the EndpointSlice that names the API servers. */
export function seedOwnObjects(direct: DirectAccess, addresses: readonly string[], port: number): void {
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
    direct.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
  const labels = { 'kubernetes.io/service-name': 'kubernetes' }
  direct.put({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels },
    addressType: 'IPv4',
    endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ name: 'https', protocol: 'TCP', port }],
  })
  direct.put({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'kubernetes', namespace: 'default' },
    subsets: [{ addresses: addresses.map((ip) => ({ ip })), ports: [{ name: 'https', protocol: 'TCP', port }] }],
  })
  direct.put({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: port }] },
  })
}
