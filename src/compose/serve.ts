import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readSettings } from '../config/load.ts'
import type { Settings } from '../config/settings.ts'
import { CodedError, messageOf, type Refusal } from '../kernel/errors.ts'
import { newLog, type Log } from '../kernel/log.ts'
import { sleep } from '../kernel/retry.ts'
import { newKeyPair } from '../kernel/signatures.ts'
import { serveHealth, type HealthServer, type PartHealth } from '../web/serve-health.ts'
import { sayLine } from '../words/say.ts'

type Running = { readonly stop: () => Promise<void>; readonly health: () => Promise<PartHealth> }
type Start = (settings: Settings, log: (name: string) => Log) => Promise<readonly Running[]>

/** What is still at work after this is left: the record says where to go on. */
const STOP_MS = 15_000

export function serveBot(): Promise<number> {
  return serve(async (settings, log) => [await startOneBot(settings, log)])
}

export function serveWorker(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { cluster: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const [strange] = [...Object.keys(values).filter((name) => name !== 'cluster'), ...positionals]
  if (strange !== undefined)
    throw new CodedError('ARGUMENT_UNKNOWN', { argument: strange, usage: 'worker --cluster NAME' })
  const named = typeof values['cluster'] === 'string' ? values['cluster'] : undefined
  return serve(async (settings, log) => [await startOneWorker(settings, clusterOf(settings, named), log)])
}

/** One process for a team with few clusters. Nobody else needs the bot's key then: one is made where none is given. */
export function serveAll(): Promise<number> {
  return serve(async (given, log) => {
    const settings = withBotKey(given)
    const names = Object.keys(settings.clusters)
    return allOrNone([...names.map((name) => startOneWorker(settings, name, log)), startOneBot(settings, log)])
  })
}

/** Where one can't be started, those that were are stopped: else they would hold a process that is said to have failed. */
async function allOrNone(starts: readonly Promise<Running>[]): Promise<readonly Running[]> {
  const ended = await Promise.allSettled(starts)
  const started = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = ended.find((one) => one.status === 'rejected')
  if (!failed) return started
  await Promise.race([stopAll(started), sleep(STOP_MS)])
  throw failed.reason
}

async function startOneBot(settings: Settings, log: (name: string) => Log): Promise<Running> {
  const [{ startBot }, { botParts }] = await Promise.all([import('./bot.ts'), import('./bot-parts.ts')])
  return startBot(botParts(settings, log('bot')))
}

async function startOneWorker(settings: Settings, name: string, log: (name: string) => Log): Promise<Running> {
  const [{ startWorker }, { workerParts }] = await Promise.all([import('./worker.ts'), import('./worker-parts.ts')])
  return startWorker(workerParts(settings, name, log(`worker ${name}`)))
}

/** Starts the parts and waits for SIGTERM or SIGINT; then stops them, newest first, within a deadline. */
async function serve(start: Start): Promise<number> {
  const { settings, problems } = readSettings(process.env, (path) => readFileSync(path, 'utf8'))
  if (!settings) return tellAll(problems)
  const log = (name: string): Log => newLog(settings.env.logLevel, name)
  const running: Running[] = []
  const health = await openHealth(settings, () => running.map((part) => part.health))
  try {
    running.push(...(await start(settings, log)))
  } catch (error) {
    // An open port would keep a process alive that has not started, and answer for it.
    await health?.stop()
    throw error
  }
  log('meshferry').info('started', { clusters: Object.keys(settings.clusters) })
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  log('meshferry').info('stopping')
  await Promise.race([stopAll([...(health ? [health] : []), ...running]), sleep(STOP_MS)])
  // Libraries may hold timers and sockets of things that are away; nothing of ours is lost by leaving them.
  process.exit(0)
}

/** Everything that is wrong at once, so that nobody mends one thing after the other. */
function tellAll(problems: readonly Refusal[]): number {
  for (const { code, facts } of problems) console.error(`${code}: ${sayLine(code, facts, 'en')}`)
  return 1
}

async function openHealth(settings: Settings, parts: () => readonly Running['health'][]): Promise<HealthServer | null> {
  const port = settings.env.healthPort
  if (port === undefined) return null
  return serveHealth(port, parts).catch((error: unknown) => {
    throw new CodedError('ENV_INVALID', { name: 'MESHFERRY_HEALTH_PORT', message: messageOf(error) }, { cause: error })
  })
}

async function stopAll(running: readonly Pick<Running, 'stop'>[]): Promise<void> {
  for (const part of running.toReversed()) await part.stop()
}

function withBotKey(settings: Settings): Settings {
  if (settings.env.botKey) return settings
  return { ...settings, env: { ...settings.env, botKey: newKeyPair().privateKey } }
}

function clusterOf(settings: Settings, given: string | undefined): string {
  const [only, ...more] = Object.keys(settings.clusters)
  return given ?? (only !== undefined && more.length === 0 ? only : '')
}
