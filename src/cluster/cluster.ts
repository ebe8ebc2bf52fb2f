import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { Cluster } from '../ports/cluster.ts'
import { readApiRoutes } from './api-routes.ts'
import { dryRunPod } from './dry-run-pod.ts'
import { newKinds } from './kinds.ts'
import type { KubeHttp } from './kube-http.ts'
import { listAll } from './list-pages.ts'
import { mayI } from './may-i.ts'
import { readPodOwners, readPodText, readRollouts } from './read-census.ts'
import { newMeshReader } from './read-mesh.ts'
import { firstServed } from './read-parts.ts'
import { readTemplates } from './read-templates.ts'
import { readWorkload } from './read-workload.ts'
import { watchInjection } from './watch-injection.ts'
import type { WatchSettings } from './watch-list.ts'
import { watchPods } from './watch-pods.ts'
import { newWrites } from './writes.ts'

export type ClusterOptions = {
  readonly http: KubeHttp
  readonly istioNamespace: string
  readonly clock: Clock
  readonly log: Log
  readonly watch?: WatchSettings
  /** Asked right before each write goes out (dry-runs are none); it throws to hold it back. */
  readonly guard?: () => void
}

/** The port `Cluster` over one API server. */
export function newCluster(options: ClusterOptions): Cluster {
  const { http, istioNamespace, clock, log } = options
  const kinds = newKinds(http)
  const reader = newMeshReader(http, istioNamespace, clock)
  return {
    ...reader,
    ...newWrites(http, kinds, options.guard ?? (() => undefined)),
    get: (ref) =>
      firstServed([async () => (await http.json({ method: 'GET', path: await kinds.objectPath(ref) })) as KubeObject]),
    async list(apiVersion, kind, wanted = {}) {
      return listAll(http, await kinds.listPath(apiVersion, kind, wanted.namespace), (one) => one, wanted)
    },
    dryRunPod: (namespace, pod, route) => dryRunPod(http, namespace, pod, route),
    mayI: (right) => mayI(http, right),
    apiRoutes: () => readApiRoutes(http),
    watchPods: (handlers, signal) => watchPods(http, handlers, signal, log, options.watch),
    readPodOwners: () => readPodOwners(http),
    readRollouts: () => readRollouts(http),
    readTemplates: () => readTemplates(http, kinds),
    readWorkload: (workload) => readWorkload(http, workload),
    readPodText: (pod, path) => readPodText(http, pod, path),
    watchInjection: (onChange, signal) => watchInjection(http, istioNamespace, onChange, signal, log, options.watch),
  }
}
