import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deliveryFrom, type ChatSettings } from '../chat/settings.ts'
import type { ClusterSettings, Settings } from '../config/settings.ts'
import type { WorkerTimes } from '../flows/worker-context.ts'
import { systemClock, type Clocks } from '../kernel/clock.ts'
import { CodedError } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { publicKeyOf } from '../kernel/signatures.ts'
import { addOpenHours, closedBecause } from '../kernel/zone.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Policy } from '../upgrade/policy.ts'
import type { BotParts } from './bot.ts'
import { LEAST_OPERATOR_FILE } from './least-operator-file.ts'
import type { WorkerParts } from './worker-context.ts'

export const CLOCKS: Clocks = { calendar: systemClock, machine: systemClock }

const TIMES: WorkerTimes = {
  installDeadline: 600_000,
  readyDeadline: 120_000,
  proofDeadline: 10_000,
  freshSpread: 10_000,
  tick: 1000,
  proofEvery: 5000,
}

/** What the bot is built from. Throws SLACK_TOKEN_MISSING or ENV_MISSING {name}. */
export function botParts(settings: Settings, log: Log): BotParts {
  const { env } = settings
  const { botToken, delivery } = deliveryFrom({
    SLACK_BOT_TOKEN: env.slackBotToken,
    SLACK_APP_TOKEN: env.slackAppToken,
    SLACK_SIGNING_SECRET: env.slackSigningSecret,
    PORT: env.port?.toString(),
  })
  const chat: ChatSettings = {
    botToken,
    delivery,
    ...(env.slackApiUrl ? { apiUrl: env.slackApiUrl } : {}),
    command: settings.slackCommand,
    locale: settings.locale,
    clusters: Object.values(settings.clusters).map(({ name, channel, fallbackChannel }) => ({
      name,
      channel,
      ...(fallbackChannel ? { fallbackChannel } : {}),
    })),
    groups: groupsOf(settings),
    signingKey: env.botKey ?? missing('MESHFERRY_BOT_KEY'),
  }
  return { settings: chat, redisUrl: redisUrl(settings), clocks: CLOCKS, log }
}

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
  const { windows, timezone } = cluster
  return {
    settings: {
      cluster: name,
      channel: cluster.channel,
      ...(cluster.fallbackChannel ? { fallbackChannel: cluster.fallbackChannel } : {}),
      mention: cluster.alarmMention,
      namespace: settings.namespace,
      istioNamespace: cluster.istioNamespace,
      operatorFile: cluster.operatorFile ?? leastOperatorFile(),
      botKeys,
      timing: (nowMs) => {
        const closed = closedBecause(windows, nowMs, timezone)
        return closed ? codedOf(closed.code, closed.facts) : null
      },
      times: TIMES,
    },
    policy: policyOf(cluster),
    kube: cluster.kube,
    istioctl: cluster.istioctl,
    redisUrl: redisUrl(settings),
    recordKeys: settings.env.recordKeys,
    clocks: CLOCKS,
    env: { ...process.env, ...(settings.env.kubeconfig ? { KUBECONFIG: settings.env.kubeconfig } : {}) },
    log,
  }
}

function policyOf({ approvals, requestsFrom, start, windows, timezone }: ClusterSettings): Policy {
  return {
    request: requestsFrom,
    approve: { install: approvals.install, switch: approvals.switch },
    rollback: { from: approvals.rollback.from, own: approvals.rollback.own },
    requesterMayApprove: approvals.requesterMayApprove,
    expiresAt: (nowMs) => addOpenHours(windows, nowMs, approvals.expiresMs, timezone) ?? nowMs + approvals.expiresMs,
    start: { install: 'atOnce', switch: start.switch },
  }
}

/** Every user group that any right rests on: the bot reads memberships in these, and only these, at each click. */
function groupsOf(settings: Settings): readonly string[] {
  const listed = Object.values(settings.clusters).flatMap(({ approvals, requestsFrom }) => [
    ...requestsFrom,
    ...approvals.install.from,
    ...approvals.switch.from,
    ...approvals.rollback.from,
  ])
  return [...new Set(listed.filter((id) => id.startsWith('S')))]
}

function redisUrl(settings: Settings): string {
  return settings.env.redisUrl ?? missing('REDIS_URL')
}

function missing(name: string): never {
  throw new CodedError('ENV_MISSING', { name })
}

/** istioctl wants a path: where no file is configured, the control plane alone is written to a folder of our own. */
function leastOperatorFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'meshferry-')), 'operator.yaml')
  writeFileSync(file, LEAST_OPERATOR_FILE)
  return file
}
