import { isReady } from '../istiod.ts'
import { endpointSlice } from '../istio/running-pods.ts'
import type { KubeObject } from '../kube-object.ts'
import { stringsAt, textAt } from '../kube-object.ts'
import type { StoreEvent } from '../history.ts'
import type { Controller, Hands } from './controller.ts'
import { MANAGER, find, isFinished, keyOf } from './controller.ts'

const SERVICE_NAME = 'kubernetes.io/service-name'

/** One EndpointSlice for each Service that selects pods; pods that aren't ready are in it, marked so. */
export function endpointSliceController(hands: Hands): Controller {
  return {
    name: 'endpointslices',
    concerns: (event) => servicesOf(hands, event),
    reconcile: (key) => {
      const service = find(hands, 'v1', 'Service', key)
      if (service && selectorOf(service).length > 0) write(hands, service)
    },
  }
}

function servicesOf(hands: Hands, event: StoreEvent): readonly string[] {
  if (event.resource === 'services') return event.type === 'DELETED' ? [] : [keyOf(event.object)]
  if (event.resource === 'pods') return selecting(hands, event)
  return event.resource === 'endpointslices.discovery.k8s.io' && event.type === 'DELETED' ? ofSlice(event.object) : []
}

/** Whose slice somebody removed: it is written again. */
function ofSlice({ metadata }: KubeObject): readonly string[] {
  const service = metadata.labels?.[SERVICE_NAME]
  return service === undefined ? [] : [`${metadata.namespace ?? ''}/${service}`]
}

function selecting({ kube }: Hands, { type, object, before }: StoreEvent): readonly string[] {
  if (type === 'MODIFIED' && before && stands(before) === stands(object)) return []
  const pods = before ? [before, object] : [object]
  const services = kube.list('v1', 'Service', object.metadata.namespace)
  return services.filter((service) => pods.some((pod) => selects(service, pod))).map(keyOf)
}

/** What of a pod a slice shows, and the labels by which it is chosen. */
function stands(pod: KubeObject): string {
  const address = textAt(pod, 'status', 'podIP') ?? ''
  return JSON.stringify([address, isReady(pod), isFinished(pod), pod.metadata.labels ?? {}])
}

function write(hands: Hands, service: KubeObject): void {
  const pods = hands.kube.list('v1', 'Pod', service.metadata.namespace)
  const listed = pods.filter(
    (pod) => selects(service, pod) && textAt(pod, 'status', 'podIP') !== undefined && !isFinished(pod),
  )
  const wanted = endpointSlice(service, listed)
  const { name, namespace } = wanted.metadata
  const live = hands.kube.get('discovery.k8s.io/v1', 'EndpointSlice', name, namespace)
  const { endpoints, ports } = wanted
  hands.kube.put(live ? { ...live, endpoints, ports } : wanted, MANAGER)
}

function selects(service: KubeObject, pod: KubeObject): boolean {
  const selector = selectorOf(service)
  return selector.length > 0 && selector.every(([key, value]) => pod.metadata.labels?.[key] === value)
}

function selectorOf(service: KubeObject): [string, string][] {
  return Object.entries(stringsAt(service, 'spec', 'selector'))
}
