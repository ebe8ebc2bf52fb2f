import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findRedis, type RedisServer } from '../../scripts/lib/redis.mjs'
import { freePort } from '../../src/sandbox/redis/free-port.ts'
import { redisSays } from '../../src/sandbox/redis/redis-says.ts'

export type TestRedis = {
  readonly url: string
  readonly port: number
  /** Ends the server and removes its folder. */
  readonly stop: () => Promise<void>
  /**
   * Ends the server as kill -9 would, and starts it again on the same port, after `awayMs`; what it knew is gone unless
   * `persist`.
   */
  readonly restart: (awayMs?: number) => Promise<void>
  /** Ends it in the same way; what is returned starts it again. */
  readonly goAway: () => Promise<() => Promise<void>>
  readonly flush: () => Promise<void>
}

/**
 * Starts a Redis of its own on a free port, in a temporary folder, for one test file. It never looks at REDIS_URL, and
 * dies with the process that started it. With `persist` every write outlives a restart, as in production.
 */
export async function startRedis({ persist = false } = {}): Promise<TestRedis> {
  const server = await findRedis()
  if (!server) throw new Error('There is no Redis for the tests: run "node scripts/setup.mjs".')
  const folder = await mkdtemp(join(tmpdir(), 'meshferry-redis-'))
  const { port, child } = await startOnFreePort(server, folder, persist)
  let running = child
  const goAway = async (): Promise<() => Promise<void>> => {
    await end(running)
    return async () => {
      const next = await start(server, port, folder, persist)
      if (!next) throw new Error(`Redis did not come back on port ${port}.`)
      running = next
    }
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    flush: async () => void (await redisSays(port, 'FLUSHALL')),
    restart: async (awayMs = 0) => {
      const comeBack = await goAway()
      await sleep(awayMs)
      await comeBack()
    },
    goAway,
    stop: async () => {
      await end(running)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Between finding a free port and using it someone else may take it; then another is tried. */
async function startOnFreePort(server: RedisServer, folder: string, persist: boolean) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort()
    const child = await start(server, port, folder, persist)
    if (child) return { port, child }
  }
  throw new Error('Redis could not be started on any of five ports.')
}

/** Starts the server and waits until it answers; null when it ended instead. */
async function start(
  server: RedisServer,
  port: number,
  folder: string,
  persist: boolean,
): Promise<ChildProcess | null> {
  const settings = ['--save', '', '--appendonly', persist ? 'yes' : 'no', '--appendfsync', 'always']
  const { command, args, env } = commandLine(server, port, folder, settings)
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'ignore', 'ignore'] })
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if ((await redisSays(port, 'PING').catch(() => '')) === `+PONG` && child.exitCode === null) return child
    await sleep(10)
  }
  await end(child)
  return null
}

function commandLine(server: RedisServer, port: number, folder: string, settings: readonly string[]) {
  if (server.kind === 'binary') {
    const own = [server.command, '--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, ...settings]
    return { ...dyingWithParent(own), env: server.env }
  }
  // A container outlives the tool that started it, so its shell ends the server when our end of its input closes.
  const script = 'redis-server "$@" & cat > /dev/null; kill -9 $!'
  const inside = [
    'sh',
    '-c',
    script,
    'redis',
    '--bind',
    '0.0.0.0',
    '--protected-mode',
    'no',
    '--dir',
    '/data',
    ...settings,
  ]
  const outside = ['run', '--rm', '-i', '-p', `127.0.0.1:${port}:6379`, '-v', `${folder}:/data`]
  return { command: server.command, args: [...outside, server.image, ...inside], env: {} }
}

/** Linux ends the child itself when its parent is gone, however it went. */
function dyingWithParent([command = '', ...args]: readonly string[]) {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))
  if (!setpriv) return { command, args }
  return { command: setpriv, args: ['--pdeathsig', 'KILL', command, ...args] }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.stdin?.end()
  child.kill('SIGKILL')
  await ended
}
