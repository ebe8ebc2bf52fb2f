import type { KubeObject } from '../kube-object.ts'
import type { ControlPlane } from './control-plane.ts'
import { chartLabels, revisionLabel } from './control-plane.ts'

/** A gateway as the default profile makes it: the same names for every revision, hence a rolling update in place. */
export function gatewayObjects(plane: ControlPlane, name: string): KubeObject[] {
  const component = name.includes('egress') ? 'EgressGateways' : 'IngressGateways'
  const labels = {
    ...chartLabels(name),
    app: name,
    istio: name.replace('istio-', ''),
    'istio.io/rev': revisionLabel(plane.revision),
    'install.operator.istio.io/owning-resource': 'unknown',
    'operator.istio.io/component': component,
  }
  const account = `${name}-service-account`
  const selector = { app: labels.app, istio: labels.istio }
  const containers = [{ name: 'istio-proxy', image: `${plane.hub}/proxyv2:${plane.tag}`, args: ['proxy', 'router'] }]
  const metadata = { name, namespace: plane.namespace, labels }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...metadata, name: account } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'false' } },
          spec: { serviceAccountName: account, containers },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'LoadBalancer',
        selector,
        ports: [{ name: 'https', port: 443, targetPort: 8443, protocol: 'TCP' }],
      },
    },
  ]
}

/** The CNI node agent: one for the whole cluster, whatever the revision. */
export function nodeAgent(plane: ControlPlane): KubeObject {
  const labels = {
    ...chartLabels('istio-cni'),
    'k8s-app': 'istio-cni-node',
    'istio.io/rev': revisionLabel(plane.revision),
    'operator.istio.io/component': 'Cni',
  }
  const selector = { 'k8s-app': 'istio-cni-node' }
  const containers = [{ name: 'install-cni', image: `${plane.hub}/install-cni:${plane.tag}` }]
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'istio-cni-node', namespace: plane.namespace, labels },
    spec: { selector: { matchLabels: selector }, template: { metadata: { labels }, spec: { containers } } },
  }
}
