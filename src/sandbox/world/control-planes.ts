import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, textAt, valueAt } from '../kube-server/kube-object.ts'
import type { ControlPlaneView } from './mesh-view.ts'
import { versionIn } from './pod-facts.ts'

/** A sidecar's certificate runs for a day; without its istiod it can get no other. */
const CERTIFICATE_MS = 24 * 3_600_000

export function controlPlaneOf(deployment: KubeObject, proxies: (revision: string) => number): ControlPlaneView | null {
  if (deployment.metadata.labels?.['app'] !== 'istiod') return null
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
  const discovery = containers.find((container) => textAt(container, 'name') === 'discovery')
  const revision = deployment.metadata.labels['istio.io/rev'] ?? 'default'
  const number = (...path: string[]): number => Number(valueAt(deployment, ...path) ?? 0)
  const asked = number('spec', 'replicas')
  return {
    revision,
    version: versionIn(textAt(discovery, 'image') ?? ''),
    ready: number('status', 'readyReplicas'),
    // Its autoscaler may have made more than the Deployment once asked for.
    wanted: asked === 0 ? 0 : Math.max(asked, number('status', 'replicas')),
    proxies: proxies(revision),
  }
}

export type Losses = {
  /** Tells which revisions have a ready istiod at this time. */
  readonly note: (planes: readonly ControlPlaneView[], now: number) => void
  /** True for a revision without one for longer than a certificate runs. */
  readonly isLost: (revision: string, now: number) => boolean
}

/** Since when each revision is without an istiod; one that was never seen is without from the start. */
export function newLosses(start: number): Losses {
  const lastSeen = new Map<string, number>()
  let alive = new Set<string>()
  return {
    note: (planes, now) => {
      for (const revision of alive) lastSeen.set(revision, now)
      alive = new Set(planes.filter(({ ready }) => ready > 0).map(({ revision }) => revision))
      for (const revision of alive) lastSeen.set(revision, now)
    },
    isLost: (revision, now) => !alive.has(revision) && now - (lastSeen.get(revision) ?? start) > CERTIFICATE_MS,
  }
}
