import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { ControlPlane } from '../kube-server/istio/control-plane.ts'
import { defaultPlane } from '../kube-server/istio/control-plane.ts'
import type { JsonObject } from '../kube-server/kube-object.ts'
import { isJsonObject, listAt, objectAt, textAt, valueAt } from '../kube-server/kube-object.ts'

const INGRESS = 'istio-ingressgateway'
const EGRESS = 'istio-egressgateway'
const PROFILE_GATEWAYS: Readonly<Record<string, readonly string[]>> = {
  default: [INGRESS],
  demo: [INGRESS, EGRESS],
  openshift: [INGRESS],
}

/** The control plane that IstioOperator files and `--set` values describe, for an istioctl of this version. */
export function readPlane(
  files: readonly string[],
  sets: readonly string[],
  revision: string,
  version: string,
): ControlPlane {
  const specs = files.map((file) => objectAt(parse(readFileSync(file, 'utf8')), 'spec'))
  const spec = [...specs, ...sets.map(specOfSet)].reduce(merged, {})
  const global = objectAt(spec, 'values', 'global')
  return {
    ...defaultPlane,
    version,
    revision: revision === '' ? (textAt(spec, 'revision') ?? '') : revision,
    namespace: textAt(global, 'istioNamespace') ?? 'istio-system',
    hub: textAt(global, 'hub') ?? textAt(spec, 'hub') ?? 'docker.io/istio',
    tag: textAt(global, 'tag') ?? textAt(spec, 'tag') ?? version,
    ...scaleOf(spec),
    meshConfig: objectAt(spec, 'meshConfig'),
    ...identityOf(global),
    gateways: gatewaysOf(spec),
    cni: valueAt(spec, 'components', 'cni', 'enabled') === true,
  }
}

/** How many istiods: what `components.pilot.k8s` says wins over `values.pilot`. */
function scaleOf(spec: JsonObject): Pick<ControlPlane, 'replicas' | 'autoscaleMin' | 'autoscaleMax'> {
  const pilot = objectAt(spec, 'values', 'pilot')
  const k8s = objectAt(spec, 'components', 'pilot', 'k8s')
  const autoscaler = objectAt(k8s, 'hpaSpec')
  const number = (...values: unknown[]): number | undefined => values.find((value) => typeof value === 'number')
  return {
    replicas: number(k8s['replicaCount'], pilot['replicaCount']),
    autoscaleMin: number(autoscaler['minReplicas'], pilot['autoscaleMin']) ?? 1,
    autoscaleMax: number(autoscaler['maxReplicas'], pilot['autoscaleMax']) ?? 5,
  }
}

/** What the mesh and its cluster are called. */
function identityOf(global: JsonObject): Pick<ControlPlane, 'meshID' | 'clusterName' | 'network'> {
  return {
    meshID: textAt(global, 'meshID') ?? '',
    clusterName: textAt(global, 'multiCluster', 'clusterName') ?? '',
    network: textAt(global, 'network') ?? '',
  }
}

function gatewaysOf(spec: JsonObject): string[] {
  const enabled = new Set(PROFILE_GATEWAYS[textAt(spec, 'profile') ?? 'default'] ?? [])
  for (const list of ['ingressGateways', 'egressGateways']) {
    for (const gateway of listAt(spec, 'components', list)) {
      const name = textAt(gateway, 'name') ?? ''
      if (valueAt(gateway, 'enabled') === true) enabled.add(name)
      else enabled.delete(name)
    }
  }
  return [...enabled]
}

/** `values.global.hub=x` as a nested object. */
function specOfSet(set: string): JsonObject {
  const [path = '', ...rest] = set.split('=')
  const text = rest.join('=')
  const value = text === 'true' ? true : text === 'false' ? false : /^\d+$/.test(text) ? Number(text) : text
  return path.split('.').reduceRight<JsonObject>((inner, key) => ({ [key]: inner }), value as unknown as JsonObject)
}

function merged(base: JsonObject, over: JsonObject): JsonObject {
  const result: JsonObject = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const under = result[key]
    result[key] = isJsonObject(under) && isJsonObject(value) ? merged(under, value) : value
  }
  return result
}
