import type { Mesh } from './mesh.ts'
import type { Pod } from './objects.ts'
import type { Labels } from './selectors.ts'
import { strayPods } from './stray-pods.ts'

/** The pod labels that injectors' object selectors look at (charts from 1.10). */
const SELECTING = ['istio.io/rev', 'sidecar.istio.io/inject']

/**
 * The different ways in which the workloads of each namespace, and the pods that none of them makes, ask for injection by their
 * own labels. Those that opt out, and those that ask for nothing, aren't listed.
 */
export function podSelectionsByNamespace(mesh: Mesh): ReadonlyMap<string, readonly Labels[]> {
  const templates = mesh.workloads.map(({ metadata, template }) => ({
    namespace: metadata.namespace ?? '',
    labels: selectingLabels(template.metadata?.labels ?? {}),
  }))
  const pods = strayPods(mesh).flatMap((pod) =>
    askedLabels(pod).map((labels) => ({ namespace: pod.metadata.namespace ?? '', labels })),
  )
  const asking = [...templates, ...pods].filter(({ labels }) => asksForInjection(labels))
  const grouped = Map.groupBy(asking, ({ namespace }) => namespace)
  return new Map([...grouped].map(([namespace, group]) => [namespace, distinct(group.map(({ labels }) => labels))]))
}

/** Older templates write istio.io/rev on the pods that they inject: whoever makes such a pod may not have asked for it. */
function askedLabels({ metadata }: Pod): readonly Labels[] {
  const labels = selectingLabels(metadata.labels ?? {})
  const { 'istio.io/rev': revision, ...rest } = labels
  const injected = metadata.annotations?.['sidecar.istio.io/status'] !== undefined
  return injected && revision !== undefined ? [labels, rest] : [labels]
}

/** Of a pod's labels those that decide about injection, in one order. */
export function selectingLabels(labels: Labels): Labels {
  return Object.fromEntries(
    SELECTING.flatMap((key) => {
      const value = labels[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function asksForInjection(labels: Labels): boolean {
  if (labels['sidecar.istio.io/inject'] === 'false') return false
  return labels['istio.io/rev'] !== undefined || labels['sidecar.istio.io/inject'] === 'true'
}

function distinct(all: readonly Labels[]): readonly Labels[] {
  return [...new Map(all.map((labels) => [JSON.stringify(labels), labels])).values()]
}
