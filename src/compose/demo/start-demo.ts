import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSettings } from '../../config/load.ts'
import { systemClock } from '../../kernel/clock.ts'
import { CodedError } from '../../kernel/errors.ts'
import { newLog } from '../../kernel/log.ts'
import { newKeyPair } from '../../kernel/signatures.ts'
import { newCalendar, type SandboxCalendar } from '../../sandbox/clock/calendar.ts'
import { type FakeIstioctl, installFakeIstioctl } from '../../sandbox/fake-istioctl/install-fake-istioctl.ts'
import { adminRules } from '../../sandbox/kube-server/access.ts'
import { type KubeServer, startKubeServer } from '../../sandbox/kube-server/server.ts'
import { findRedisServer, REDIS_SERVERS, startOwnRedis } from '../../sandbox/redis/own-redis.ts'
import { type SlackServer, startSlackServer } from '../../sandbox/slack-server/server.ts'
import { newTroubles } from '../../sandbox/trouble/all-troubles.ts'
import type { Trouble, TroubleName } from '../../sandbox/trouble/trouble.ts'
import { WORKER_ACCOUNT } from '../../sandbox/trouble/touches.ts'
import { NEEDED_SCOPES } from '../../wire/slack-scopes.ts'
import { botParts } from '../bot-parts.ts'
import { startBot } from '../bot.ts'
import { CLUSTER, demoFile } from './demo-file.ts'
import { newDemoFolder } from './demo-folder.ts'
import type { DemoWorld, LiveWorld } from './demo-world.ts'
import { startShop } from './shop.ts'
import { startCrew, type WorkerCrew } from './worker-crew.ts'
import { DEMO_LEASE, DEMO_TIMES } from './worker-orders.ts'
import { startWorkerProcess } from './worker-process.ts'

/** A Meshferry beside its sandbox. */
export type Demo = {
  readonly kube: KubeServer
  readonly slack: SlackServer
  readonly calendar: SandboxCalendar
  readonly istioctl: Readonly<Record<string, FakeIstioctl>>
  readonly troubles: Readonly<Record<TroubleName, Trouble>>
  readonly workers: WorkerCrew
  readonly channels: readonly string[]
  readonly live: LiveWorld
  /** The latest log lines of bot and workers. */
  readonly lines: () => readonly string[]
  /** Ends everything and leaves nothing behind. */
  readonly stop: () => Promise<void>
}

type Ends = { readonly add: (end: () => unknown) => void; readonly run: () => Promise<void> }
const KEPT_LINES = 200

/** Starts sandbox, bot and two workers. Throws DEMO_REDIS_MISSING; what was started by then has ended again. */
export async function startDemo(world: DemoWorld, startAt: number): Promise<Demo> {
  const ends = newEnds()
  try {
    return await startAll(world, startAt, ends)
  } catch (error) {
    await ends.run()
    throw error
  }
}

async function startAll(world: DemoWorld, startAt: number, ends: Ends): Promise<Demo> {
  const folder = newDemoFolder(tmpdir())
  ends.add(() => rmSync(folder, { recursive: true, force: true }))
  const redis = await startRedis(folder)
  ends.add(redis.stop)
  const calendar = newCalendar(startAt, Date.now)
  const { kube, live, istioctl, kubeconfig } = await startCluster(world, folder, calendar, ends)
  const shop = await startShop(live.isShopOpen)
  ends.add(shop.close)
  const slack = await startSlack(world, ends)
  const keys = newKeyPair()
  const config = join(folder, 'meshferry.yaml')
  const sha256 = Object.fromEntries(Object.entries(istioctl).map(([version, one]) => [version, one.sha256]))
  const binaries = { dir: join(folder, 'bin'), sha256 }
  writeFileSync(config, demoFile({ publicKey: keys.publicKey, istioctl: binaries, world, shopUrl: shop.url }))
  const env = environment({ folder, config, kubeconfig, redisUrl: redis.url })
  const lines: string[] = []
  const onLine = (line: string): void => void lines.splice(0, lines.push(line) > KEPT_LINES ? 1 : 0)
  const start = { cluster: CLUSTER, leaseTimes: DEMO_LEASE, times: DEMO_TIMES }
  const workers = startCrew(() => startWorkerProcess({ env, start, calendar, onLine }))
  ends.add(workers.stop)
  await startDemoBot(env, slack, keys.privateKey, calendar, onLine, ends)
  const channels = world.channels.map(({ id }) => id)
  const troubles = newTroubles({ kube, slack, channels, redis, workers, now: calendar.now })
  ends.add(async () => troubles.argocd.end?.())
  return {
    kube,
    slack,
    calendar,
    istioctl,
    troubles,
    workers,
    channels,
    live,
    lines: () => lines,
    stop: ends.run,
  }
}

async function startRedis(folder: string) {
  const server = findRedisServer()
  if (server === undefined) throw new CodedError('DEMO_REDIS_MISSING', { servers: REDIS_SERVERS })
  const redis = await startOwnRedis(server, folder)
  if (!redis) throw new CodedError('DEMO_REDIS_FAILED', { server })
  return redis
}

async function startCluster(world: DemoWorld, folder: string, calendar: SandboxCalendar, ends: Ends) {
  const kube = await startKubeServer({ kubernetesVersion: world.kubernetesVersion, now: calendar.now })
  ends.add(kube.close)
  world.seed(kube)
  const live = world.begin(kube, calendar)
  ends.add(live.stop)
  const token = newKeyPair().publicKey.slice(-32)
  kube.addUser({ token, name: WORKER_ACCOUNT, groups: ['system:serviceaccounts:meshferry'], rules: adminRules })
  const kubeconfig = join(folder, 'kubeconfig')
  kube.writeKubeconfig(kubeconfig, { token })
  return { kube, live, kubeconfig, istioctl: installFakeIstioctl(join(folder, 'bin'), world.istioctl) }
}

async function startSlack(world: DemoWorld, ends: Ends): Promise<SlackServer> {
  const { users, groups, channels } = world
  const slack = await startSlackServer({ users, groups, channels, scopes: Object.keys(NEEDED_SCOPES) })
  ends.add(slack.close)
  return slack
}

type Places = {
  readonly folder: string
  readonly config: string
  readonly kubeconfig: string
  readonly redisUrl: string
}

/** The environment of bot and workers, and nothing else of ours: no variable of the caller's may reach another Slack or Redis. */
function environment({ folder, config, kubeconfig, redisUrl }: Places): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    TMPDIR: folder,
    KUBECONFIG: kubeconfig,
    REDIS_URL: redisUrl,
    MESHFERRY_CONFIG: config,
    MESHFERRY_RECORD_KEY: newKeyPair().publicKey,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  }
}

async function startDemoBot(
  env: NodeJS.ProcessEnv,
  slack: SlackServer,
  privateKey: string,
  calendar: SandboxCalendar,
  onLine: (line: string) => void,
  ends: Ends,
): Promise<void> {
  const own = {
    ...env,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    MESHFERRY_BOT_KEY: privateKey,
  }
  const settings = loadSettings(own, (path) => readFileSync(path, 'utf8'))
  const parts = botParts(
    settings,
    newLog(settings.env.logLevel, 'bot', (line) => onLine(line.trimEnd())),
  )
  const bot = await startBot({ ...parts, clocks: { calendar, machine: systemClock } })
  ends.add(bot.stop)
}

/** Newest first, each once, and all of them whatever fails. */
function newEnds(): Ends {
  const ends: (() => unknown)[] = []
  return {
    add: (end) => void ends.push(end),
    run: async () => {
      for (const end of ends.splice(0).toReversed()) {
        try {
          await end()
        } catch (error) {
          console.error('the demo could not end a part of itself:', error)
        }
      }
    },
  }
}
