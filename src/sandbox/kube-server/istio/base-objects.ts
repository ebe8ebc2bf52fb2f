import type { KubeObject } from '../kube-object.ts'
import type { ControlPlane } from './control-plane.ts'
import { chartLabels } from './control-plane.ts'

/** `plural.group Kind versions` of Istio's custom resources (manifests/charts/base, 1.31). */
const DEFINITIONS = `
authorizationpolicies.security.istio.io AuthorizationPolicy v1,v1beta1
destinationrules.networking.istio.io DestinationRule v1,v1beta1,v1alpha3
envoyfilters.networking.istio.io EnvoyFilter v1alpha3
gateways.networking.istio.io Gateway v1,v1beta1,v1alpha3
peerauthentications.security.istio.io PeerAuthentication v1,v1beta1
proxyconfigs.networking.istio.io ProxyConfig v1beta1
requestauthentications.security.istio.io RequestAuthentication v1,v1beta1
serviceentries.networking.istio.io ServiceEntry v1,v1beta1,v1alpha3
sidecars.networking.istio.io Sidecar v1,v1beta1,v1alpha3
telemetries.telemetry.istio.io Telemetry v1,v1alpha1
trafficextensions.extensions.istio.io TrafficExtension v1alpha1
virtualservices.networking.istio.io VirtualService v1,v1beta1,v1alpha3
wasmplugins.extensions.istio.io WasmPlugin v1alpha1
workloadentries.networking.istio.io WorkloadEntry v1,v1beta1,v1alpha3
workloadgroups.networking.istio.io WorkloadGroup v1,v1beta1,v1alpha3
`

/** What the Base component brings: CRDs (without schemas) and the reader's account. Shared by all revisions. */
export function baseObjects(plane: ControlPlane): KubeObject[] {
  const labels = { ...chartLabels('istio-reader'), app: 'istio-reader', 'helm.sh/chart': 'base-1.0.0' }
  const metadata = { name: 'istio-reader-service-account', namespace: plane.namespace, labels }
  return [...definitions(), { apiVersion: 'v1', kind: 'ServiceAccount', metadata }]
}

function definitions(): KubeObject[] {
  return DEFINITIONS.trim()
    .split('\n')
    .map((line) => {
      const [name = '', kind = '', versions = ''] = line.split(' ')
      const { 'app.kubernetes.io/name': _name, release: _release, ...labels } = chartLabels()
      return definition(name, kind, versions.split(','), { ...labels, 'helm.sh/chart': 'base-1.0.0' })
    })
}

/** A CustomResourceDefinition by its full name, as a test or seed adds one (Gateway API, Sail…). */
export function definition(
  name: string,
  kind: string,
  versions: readonly string[],
  labels: Record<string, string> = {},
  scope = 'Namespaced',
): KubeObject {
  const dot = name.indexOf('.')
  const plural = name.slice(0, dot)
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name, labels },
    spec: {
      group: name.slice(dot + 1),
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      scope,
      versions: versions.map((version, index) => ({
        name: version,
        served: true,
        storage: index === 0,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      })),
    },
  }
}
