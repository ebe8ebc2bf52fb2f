import { systemClock } from '../../src/kernel/clock.ts'
import { newLog, type Log } from '../../src/kernel/log.ts'
import { newCluster } from '../../src/cluster/cluster.ts'
import { openKubeConfig } from '../../src/cluster/kube-config.ts'
import { newKubeHttp, type KubeHttp } from '../../src/cluster/kube-http.ts'
import type { Cluster } from '../../src/ports/cluster.ts'

/** A server to run the suite on: kubeconfigs of an administrator and of somebody who may only read namespaces. */
export type ContractServer = {
  readonly kubeconfig: string
  readonly limited: string
  readonly close: () => Promise<void>
}

export type Opened = { readonly http: KubeHttp; readonly cluster: Cluster }

export const quietLog: Log = newLog('silent', 'contract')

/** The adapter on a kubeconfig's current context. */
export function openCluster(kubeconfig: string): Opened {
  const http = newKubeHttp(openKubeConfig({}, { KUBECONFIG: kubeconfig }))
  return { http, cluster: newCluster({ http, istioNamespace: 'istio-system', clock: systemClock, log: quietLog }) }
}

/** A name that no other test of this or an earlier run has used. */
export function unique(prefix: string): string {
  return `${prefix}-${process.pid.toString(36)}-${Math.random().toString(36).slice(2, 8)}`
}

/** Tries until `check` says yes; false after `ms`. */
export async function soon(check: () => boolean | Promise<boolean>, ms = 5000): Promise<boolean> {
  const end = performance.now() + ms
  while (performance.now() < end) {
    if (await check()) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}
