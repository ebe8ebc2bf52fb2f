import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunningBot } from '../../src/compose/bot.ts'
import { startBot } from '../../src/compose/bot.ts'
import type { RunningWorker, WorkerParts } from '../../src/compose/worker.ts'
import { startWorker } from '../../src/compose/worker.ts'
import type { Clocks } from '../../src/kernel/clock.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { Log } from '../../src/kernel/log.ts'
import { newLog } from '../../src/kernel/log.ts'
import { newKeyPair } from '../../src/kernel/signatures.ts'
import type { PinnedBinaries } from '../../src/cluster/pinned-binary.ts'
import type { NewGroup } from '../../src/sandbox/slack-server/model.ts'
import { startSlackServer, type SlackServer } from '../../src/sandbox/slack-server/server.ts'
import { aPolicy, type PolicyChange } from './run-builders.ts'
import type { TestRedis } from './redis.ts'
import { startRedis } from './redis.ts'

export type RigOptions = {
  readonly kubeconfig: string
  readonly istioctl: PinnedBinaries
  /** The IstioOperator file; a least control-plane-only one where it is left out. */
  readonly operatorFile?: string
  readonly cluster?: string
  readonly policy?: PolicyChange
  readonly times?: Partial<WorkerParts['settings']['times']>
  readonly teams?: WorkerParts['settings']['teams']
  /** What the file may leave out. */
  readonly settings?: Pick<WorkerParts['settings'], 'unowned' | 'deadlineMs' | 'evidenceKeepMs'> &
    Partial<Pick<WorkerParts['settings'], 'restarts' | 'nudge'>>
  readonly probes?: WorkerParts['settings']['probes']
  readonly channels?: readonly { readonly id: string; readonly name: string }[]
  readonly http?: boolean
  /** Expiry and windows follow the calendar, which a test may move; the machine clock is real. */
  readonly calendar?: Clocks['calendar']
  readonly recordKeys?: readonly string[]
  /** Clusters beside the first one, each with its own worker, API server and channel; Redis and bot are the same. */
  readonly others?: readonly OtherCluster[]
  /** User groups that the bot knows; default S0PLATFORM with Lee and Mei. */
  readonly groups?: readonly NewGroup[]
  /** How a worker is started; by default in this process. */
  readonly startWorker?: (parts: WorkerParts) => Promise<RunningWorker>
}

type OtherCluster = {
  readonly cluster: string
  readonly kubeconfig: string
  readonly istioctl: PinnedBinaries
  readonly channel: { readonly id: string; readonly name: string }
}

/** A whole Meshferry in this process on a local Slack and a Redis of its own, against any API server. */
export type Rig = {
  readonly slack: SlackServer
  readonly redis: TestRedis
  readonly cluster: string
  readonly channel: string
  readonly parts: WorkerParts
  readonly worker: () => RunningWorker
  /** Starts one more worker, or the first one anew, perhaps with another policy. */
  readonly addWorker: (change?: Partial<WorkerParts>) => Promise<RunningWorker>
  readonly bot: () => RunningBot
  /** The same Meshferry as it is seen from another of its clusters. */
  readonly of: (cluster: string) => Rig
  readonly log: readonly string[]
  readonly stop: () => Promise<void>
}

const LEAST_OPERATOR = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: meshferry
  namespace: istio-system
spec:
  profile: minimal
  components:
    pilot:
      k8s:
        hpaSpec:
          minReplicas: 2
          maxReplicas: 3
`

const CHANNEL = 'C0PROD'

export async function startRig(options: RigOptions): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-rig-'))
  const redis = await startRedis()
  const others = options.others ?? []
  const groups = options.groups ?? [{ id: 'S0PLATFORM', handle: 'platform', members: ['U0LEE', 'U0MEI'] }]
  const slack = await startSlackServer({
    users: [
      { id: 'U0LEE', realName: 'Lee' },
      { id: 'U0MEI', realName: 'Mei', locale: 'zh-CN' },
      { id: 'U0SRE', realName: 'Sam' },
      { id: 'U0OUT', realName: 'Olga' },
    ],
    groups,
    channels: [{ id: CHANNEL, name: 'prod' }, ...(options.channels ?? []), ...others.map(({ channel }) => channel)],
  })
  const keys = newKeyPair()
  const lines: string[] = []
  const log = (name: string): Log => newLog(process.env['RIG_LOG'] ?? 'info', name, (line) => keep(lines, line))
  const parts = workerParts(options, { folder, redis, publicKey: keys.publicKey, log: log('worker') })
  const start = options.startWorker ?? startWorker
  const workers: RunningWorker[] = [await start(parts)]
  const bot = await startBot({
    settings: {
      botToken: slack.botToken,
      delivery: options.http
        ? { kind: 'http', signingSecret: slack.signingSecret, port: 0 }
        : { kind: 'socket', appToken: slack.appToken },
      apiUrl: slack.apiUrl,
      command: '/istio',
      locale: 'en',
      clusters: [
        { name: parts.settings.cluster, channel: CHANNEL },
        ...others.map(({ cluster, channel }) => ({ name: cluster, channel: channel.id })),
      ],
      teams: Object.entries(options.teams ?? {}).map(([name, team]) => ({ name, ...team })),
      groups: groups.map(({ id }) => id),
      signingKey: keys.privateKey,
    },
    redisUrl: redis.url,
    clocks: parts.clocks,
    log: log('bot'),
  })
  if (bot.port !== null) slack.deliverTo(`http://127.0.0.1:${bot.port}/slack/events`)
  const rig: Rig = {
    slack,
    redis,
    of: (cluster) => beside.get(cluster) ?? failed(),
    cluster: parts.settings.cluster,
    channel: CHANNEL,
    parts,
    worker: () => workers.at(-1) ?? failed(),
    addWorker: async (change = {}) => {
      const worker = await start({ ...parts, ...change })
      workers.push(worker)
      return worker
    },
    bot: () => bot,
    log: lines,
    stop: async () => {
      await bot.stop()
      for (const worker of workers) await worker.stop()
      await slack.close()
      await redis.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  const beside = new Map<string, Rig>()
  for (const other of others) {
    const own = workerParts(
      { ...options, ...other },
      { folder, redis, publicKey: keys.publicKey, log: log(other.cluster) },
    )
    const settings = { ...own.settings, channel: other.channel.id }
    const worker = await start({ ...own, settings })
    workers.unshift(worker)
    beside.set(other.cluster, {
      ...rig,
      cluster: other.cluster,
      channel: other.channel.id,
      parts: { ...own, settings },
      worker: () => worker,
    })
  }
  return rig
}

function keep(lines: string[], line: string): void {
  lines.push(line.trim())
  if (process.env['RIG_LOG']) process.stderr.write(line)
}

function failed(): never {
  throw new Error('no worker runs')
}

type Around = { readonly folder: string; readonly redis: TestRedis; readonly publicKey: string; readonly log: Log }

function workerParts(options: RigOptions, { folder, redis, publicKey, log }: Around): WorkerParts {
  const file = join(folder, 'operator.yaml')
  if (!options.operatorFile) writeFileSync(file, LEAST_OPERATOR)
  return {
    settings: {
      cluster: options.cluster ?? 'prod-a',
      channel: CHANNEL,
      timezone: 'UTC',
      teamLabel: 'team',
      digestAt: 21 * 60,
      teams: options.teams ?? {},
      nudge: { everyMs: 86_400_000, max: 2, window: { days: [1, 2, 3, 4, 5, 6, 7], from: 10 * 60, to: 18 * 60 } },
      mention: ['U0SRE'],
      namespace: 'meshferry',
      istioNamespace: 'istio-system',
      operatorFile: options.operatorFile ?? file,
      probes: options.probes ?? [],
      botKeys: [publicKey],
      timing: () => null,
      ...options.settings,
      times: {
        installDeadline: 60_000,
        readyDeadline: 20_000,
        rehearsal: 3000,
        proofDeadline: 5000,
        freshSpread: 500,
        tick: 200,
        proofEvery: 1000,
        tenantsEvery: 2000,
        censusEvery: 300,
        staleAfter: 60_000,
        workloadsEvery: 2000,
        strangersEvery: 300,
        istiodsEvery: 500,
        dayEvery: 1000,
        restartDeadline: 20_000,
        ...options.times,
      },
    },
    policy: aPolicy(options.policy),
    kube: {},
    istioctl: options.istioctl,
    redisUrl: redis.url,
    evidence: { folder: join(folder, 'evidence'), locale: 'en' },
    recordKeys: options.recordKeys ?? ['a record key for tests'],
    leaseTimes: { lease: 4000, giveUp: 3000, renew: 500 },
    clocks: { calendar: options.calendar ?? systemClock, machine: systemClock },
    env: { ...process.env, KUBECONFIG: options.kubeconfig },
    log,
  }
}
