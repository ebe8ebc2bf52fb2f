import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { sleep } from '../../kernel/retry.ts'
import { dyingWithParent } from './dying-with-parent.ts'
import { freePort } from './free-port.ts'
import { redisSays } from './redis-says.ts'

export type OwnRedis = {
  readonly url: string
  readonly port: number
  /** Forgets everything, as FLUSHALL does. */
  readonly flush: () => Promise<void>
  readonly stop: () => Promise<void>
}

export const REDIS_SERVERS = ['redis-server', 'valkey-server']
const START_MS = 20_000
const PORTS_TRIED = 5

/**
 * Starts this server on a free port of 127.0.0.1, with `folder` as its working folder. It keeps nothing on disk and dies with this
 * process. Null where it does not start.
 */
export async function startOwnRedis(server: string, folder: string): Promise<OwnRedis | null> {
  for (let attempt = 0; attempt < PORTS_TRIED; attempt += 1) {
    const port = await freePort()
    const child = await startOn(server, port, folder)
    if (child) return running(child, port)
  }
  return null
}

function running(child: ChildProcess, port: number): OwnRedis {
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    flush: async () => void (await redisSays(port, 'FLUSHALL')),
    stop: () => end(child),
  }
}

/** The first Redis server on this PATH. */
export function findRedisServer(path = process.env['PATH'] ?? ''): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return REDIS_SERVERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Null where it ended instead of answering: somebody else may have taken the port in between. */
async function startOn(server: string, port: number, folder: string): Promise<ChildProcess | null> {
  const settings = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
  const mortal = dyingWithParent([server, '--port', String(port), ...settings])
  const [command = '', ...args] = mortal.command
  // A group of its own: Ctrl-C at the terminal reaches it through us, after those who use it have stopped.
  const child = spawn(command, args, { env: process.env, stdio: mortal.stdio, detached: true })
  child.on('error', () => undefined)
  // Whoever waits for our end to end it must not do so when its pid is long somebody else's.
  child.once('exit', () => child.stdio[3]?.destroy())
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline && isOn(child)) {
    if ((await redisSays(port, 'PING').catch(() => '')) === '+PONG' && isOn(child)) return child
    await sleep(20)
  }
  await end(child)
  return null
}

function isOn(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

async function end(child: ChildProcess): Promise<void> {
  if (!isOn(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
