import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadSettings } from '../config/load.ts'
import type { Settings } from '../config/settings.ts'
import { refusalOf } from '../kernel/errors.ts'
import { newLog, type Log } from '../kernel/log.ts'
import { newKeyPair } from '../kernel/signatures.ts'
import { say } from '../words/say.ts'
import { startBot } from './bot.ts'
import { botParts, workerParts } from './from-settings.ts'
import { startWorker } from './worker.ts'

type Running = { readonly stop: () => Promise<void> }
type Command = (args: readonly string[]) => Promise<number>

const USAGE = `meshferry bot                    Slack on one side, the clusters' queues on the other
meshferry worker --cluster NAME  decides and acts for one cluster
meshferry all                    both in one process`

const COMMANDS: Readonly<Record<string, Command>> = {
  bot: () => serve(async (settings, log) => [await startBot(botParts(settings, log('bot')))]),
  worker: (args) => {
    const { values } = parseArgs({ args: [...args], options: { cluster: { type: 'string' } } })
    return serve(async (settings, log) => [
      await startWorker(workerParts(settings, clusterOf(settings, values.cluster), log('worker'))),
    ])
  },
  all: () => serve(async (settings, log) => startAll(withBotKey(settings), log)),
}

/** Runs one command to its end; the exit code says how it went. Every error is one sentence with the next action. */
export async function run(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv
  const command = COMMANDS[name]
  if (!command) {
    console.error(USAGE)
    return name === 'help' || name === '--help' ? 0 : 64
  }
  try {
    return await command(args)
  } catch (error) {
    const { code, facts } = refusalOf(error)
    const { what, next } = say(code, facts, 'en')
    console.error(`${code}: ${what}\n${next ?? ''}`.trim())
    return 1
  }
}

/** Starts the parts and waits for SIGTERM or SIGINT; then stops them, newest first. */
async function serve(
  start: (settings: Settings, log: (name: string) => Log) => Promise<readonly Running[]>,
): Promise<number> {
  const settings = loadSettings(process.env, (path) => readFileSync(path, 'utf8'))
  const log = (name: string): Log => newLog(settings.env.logLevel, name)
  const running = await start(settings, log)
  log('meshferry').info('started')
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  for (const part of running.toReversed()) await part.stop()
  return 0
}

async function startAll(settings: Settings, log: (name: string) => Log): Promise<readonly Running[]> {
  const workers = await Promise.all(
    Object.keys(settings.clusters).map((name) => startWorker(workerParts(settings, name, log(`worker ${name}`)))),
  )
  return [...workers, await startBot(botParts(settings, log('bot')))]
}

/** In one process nobody else needs to know the bot's key: one is made where none is given, for as long as it runs. */
function withBotKey(settings: Settings): Settings {
  if (settings.env.botKey) return settings
  return { ...settings, env: { ...settings.env, botKey: newKeyPair().privateKey } }
}

function clusterOf(settings: Settings, given: string | undefined): string {
  const [only, ...more] = Object.keys(settings.clusters)
  return given ?? (only !== undefined && more.length === 0 ? only : '')
}
