import type { ContainerStatus, Pod } from '../../src/istio/objects.ts'
import { isoOf } from '../../src/kernel/clock.ts'

/** What differs from a pod that is well: its app, its sidecar and its init container by their status. */
export type PodChange = {
  readonly image?: string
  readonly minutes?: number
  readonly app?: ContainerStatus
  readonly proxy?: ContainerStatus
  readonly init?: ContainerStatus
  readonly conditions?: NonNullable<Pod['status']>['conditions']
  readonly native?: boolean
}

export const WELL: ContainerStatus = { ready: true, restartCount: 0, state: { running: {} } }
const ENDED: ContainerStatus = { ready: true, state: { terminated: { exitCode: 0 } } }
const USUAL = { image: 'shop/web:1', minutes: 30, app: WELL, proxy: WELL, init: ENDED, native: false } as const

let made = 0

/** A pod of web whose sidecar is of this revision, or that has none, made so many minutes before `nowMs`. */
export function sidecarPod(revision: string | null, change: PodChange, nowMs: number): Pod {
  made += 1
  const { image, minutes, app, proxy, init, native } = { ...USUAL, ...change }
  const sidecar = { name: 'istio-proxy', image: 'istio/proxyv2:1.31.0', ...(native ? { restartPolicy: 'Always' } : {}) }
  const isReady = app.ready === true && proxy.ready === true
  const split = <T>(one: T): readonly [main: T[], init: T[]] => (native ? [[], [one]] : [[one], []])
  const [spec, status] = [split(sidecar), split({ name: 'istio-proxy', ...proxy })]
  const injected = { revision, containers: spec[0].map(({ name }) => name), initContainers: ['istio-init'] }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `web-${made}`,
      namespace: 'shop',
      uid: `pod-${made}`,
      creationTimestamp: isoOf(nowMs - minutes * 60_000),
      annotations: revision === null ? {} : { 'sidecar.istio.io/status': JSON.stringify(injected) },
    },
    spec: { containers: [{ name: 'web', image }, ...spec[0]], initContainers: [{ name: 'istio-init' }, ...spec[1]] },
    status: {
      phase: 'Running',
      conditions: change.conditions ?? [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
      initContainerStatuses: [{ name: 'istio-init', ...init }, ...status[1]],
      containerStatuses: [{ name: 'web', ...app }, ...status[0]],
    },
  }
}
