import { readFileSync } from 'node:fs'
import type { CtlArguments } from '../cli/ctl-arguments.ts'
import { newCluster } from '../cluster/cluster.ts'
import { newConfigMaps, type ConfigMaps } from '../cluster/config-maps.ts'
import { openKubeConfig } from '../cluster/kube-config.ts'
import { newKubeHttp, type KubeHttp } from '../cluster/kube-http.ts'
import { readRecordKeys } from '../cluster/record-keys.ts'
import type { SealKeys } from '../cluster/sealed.ts'
import { loadSettings } from '../config/load.ts'
import type { ClusterSettings, Settings } from '../config/settings.ts'
import { CodedError } from '../kernel/errors.ts'
import { newLog } from '../kernel/log.ts'
import type { Cluster } from '../ports/cluster.ts'
import { actingParts } from './worker-parts.ts'
import type { ActingParts } from './worker-context.ts'

/** What a terminal reaches: one cluster and its records, with the caller's own rights; neither Slack nor Redis. */
export type OpenCtl = {
  readonly parts: ActingParts
  readonly http: KubeHttp
  readonly cluster: Cluster
  readonly maps: ConfigMaps
  readonly seals: SealKeys
}

/** Throws what `loadSettings` does, CLUSTER_UNKNOWN, CONTEXT_NEEDED {cluster}, the kubeconfig's errors, RECORD_KEY_UNREADABLE. */
export async function openCtl(args: CtlArguments, env: NodeJS.ProcessEnv): Promise<OpenCtl> {
  const settings = loadSettings(env, (path) => readFileSync(path, 'utf8'))
  const own = clusterSettings(settings, args, env['KUBERNETES_SERVICE_HOST'] !== undefined)
  // What it says is printed; a log line would only stand in between.
  const log = newLog(settings.env.logLevel === 'info' ? 'silent' : settings.env.logLevel, 'ctl')
  const parts = actingParts(settings, own, settings.botPublicKeys, log)
  const http = newKubeHttp(openKubeConfig(own.kube, parts.env))
  const { istioNamespace } = own
  const cluster = newCluster({ http, istioNamespace, clock: parts.clocks.machine, log })
  const keys = parts.recordKeys.length > 0 ? parts.recordKeys : await readRecordKeys(cluster, settings.namespace)
  return {
    parts: { ...parts, recordKeys: keys },
    http,
    cluster,
    maps: newConfigMaps(http, settings.namespace),
    seals: { cluster: own.name, keys },
  }
}

function clusterSettings(
  { clusters }: Settings,
  { cluster, context }: CtlArguments,
  inCluster: boolean,
): ClusterSettings {
  const [only, ...more] = Object.keys(clusters)
  const own = clusters[cluster ?? (more.length === 0 && only !== undefined ? only : '')]
  if (!own) throw new CodedError('CLUSTER_UNKNOWN', { typed: cluster ?? '', clusters: Object.keys(clusters) })
  if (context !== undefined) return { ...own, kube: { context } }
  // The kubeconfig's current context could be any cluster's: in an emergency nobody looks.
  if ('inCluster' in own.kube && !inCluster) throw new CodedError('CONTEXT_NEEDED', { cluster: own.name })
  return own
}
