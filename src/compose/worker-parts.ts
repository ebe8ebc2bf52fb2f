import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClusterSettings, Settings } from '../config/settings.ts'
import { CodedError } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { publicKeyOf } from '../kernel/signatures.ts'
import { addOpenHours, closedBecause } from '../kernel/zone.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Policy } from '../upgrade/policy.ts'
import { LEAST_OPERATOR_FILE } from './least-operator-file.ts'
import { CLOCKS, missing, redisUrl } from './needed.ts'
import type { ActingParts, WorkerParts } from './worker-context.ts'
import { WORKER_TIMES } from './worker-times.ts'

/**
 * What one cluster's worker is built from. A worker trusts the bot keys of its own file; in `all`, where bot and worker are
 * one process, the bot's own key is among them. Throws CLUSTER_UNKNOWN, ENV_MISSING {name} or BOT_KEYS_MISSING.
 */
export function workerParts(settings: Settings, name: string, log: Log): WorkerParts {
  const cluster = settings.clusters[name]
  if (!cluster) throw new CodedError('CLUSTER_UNKNOWN', { typed: name, clusters: Object.keys(settings.clusters) })
  const own = settings.env.botKey ? [publicKeyOf(settings.env.botKey)] : []
  const botKeys = [...new Set([...settings.botPublicKeys, ...own])]
  if (botKeys.length === 0) throw new CodedError('BOT_KEYS_MISSING', { setting: 'bot.publicKeys' })
  if (settings.env.recordKeys.length === 0) missing('MESHFERRY_RECORD_KEY')
  return { ...actingParts(settings, cluster, botKeys, log), redisUrl: redisUrl(settings) }
}

/** What it takes to act on a cluster, with or without Redis. */
export function actingParts(
  settings: Settings,
  cluster: ClusterSettings,
  botKeys: readonly string[],
  log: Log,
): ActingParts {
  const { windows, timezone } = cluster
  const { teamLabel, digestAt, teams, unowned, nudge } = settings
  return {
    settings: {
      cluster: cluster.name,
      channel: cluster.channel,
      ...(cluster.fallbackChannel ? { fallbackChannel: cluster.fallbackChannel } : {}),
      timezone,
      teamLabel,
      digestAt,
      teams,
      ...(unowned ? { unowned } : {}),
      nudge,
      ...(cluster.deadlineMs === undefined ? {} : { deadlineMs: cluster.deadlineMs }),
      ...(settings.evidenceKeepMs === undefined ? {} : { evidenceKeepMs: settings.evidenceKeepMs }),
      restarts: cluster.restarts,
      mention: cluster.alarmMention,
      namespace: settings.namespace,
      istioNamespace: cluster.istioNamespace,
      operatorFile: cluster.operatorFile ?? leastOperatorFile(),
      probes: cluster.probes,
      botKeys,
      timing: (nowMs) => {
        const closed = closedBecause(windows, nowMs, timezone)
        return closed ? codedOf(closed.code, closed.facts) : null
      },
      times: { ...WORKER_TIMES, rehearsal: cluster.retire.rehearseMs },
    },
    policy: policyOf(cluster),
    ...(settings.evidenceTo ? { evidence: { folder: settings.evidenceTo, locale: settings.locale } } : {}),
    kube: cluster.kube,
    istioctl: cluster.istioctl,
    recordKeys: settings.env.recordKeys,
    clocks: CLOCKS,
    env: { ...process.env, ...(settings.env.kubeconfig ? { KUBECONFIG: settings.env.kubeconfig } : {}) },
    log,
  }
}

function policyOf({ approvals, requestsFrom, start, retire, windows, timezone }: ClusterSettings): Policy {
  const openFor = (nowMs: number, ms: number): number => addOpenHours(windows, nowMs, ms, timezone) ?? nowMs + ms
  return {
    request: requestsFrom,
    approve: {
      install: approvals.install,
      switch: approvals.switch,
      rehearse: approvals.rehearse,
      retire: approvals.retire,
    },
    rollback: { from: approvals.rollback.from, own: approvals.rollback.own },
    requesterMayApprove: approvals.requesterMayApprove,
    expiresAt: (nowMs) => openFor(nowMs, approvals.expiresMs),
    remindAt: (nowMs) => openFor(nowMs, approvals.expiresMs / 2),
    start: { install: 'atOnce', switch: start.switch, rehearse: 'whenStarted', retire: 'whenStarted' },
    quietMs: retire.quietMs,
  }
}

/** istioctl wants a path: where no file is configured, the control plane alone is written to a folder of our own. */
function leastOperatorFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'meshferry-')), 'operator.yaml')
  writeFileSync(file, LEAST_OPERATOR_FILE)
  return file
}
