import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { collect } from './child.mjs'
import { cacheFolder, pathFolders } from './paths.mjs'

/**
 * How to start a Redis for tests: a binary with what its environment needs, or a container image.
 * @typedef {{ kind: 'binary', command: string, env: Record<string, string> }
 *   | { kind: 'container', command: string, image: string }} RedisServer
 */

const image = 'docker.io/library/redis:7-alpine'

/** Where a private copy lives that setup fetched. */
export function redisCache() {
  return join(cacheFolder(), 'redis')
}

/**
 * Finds a Redis to start, best first: a server on PATH, the private copy, a container tool that answers. Never REDIS_URL:
 * tests flush and kill their Redis, and that must not be anybody's.
 * @returns {Promise<RedisServer | null>}
 */
export async function findRedis() {
  return redisBinary() ?? (await redisContainer())
}

/** @returns {RedisServer | null} */
function redisBinary() {
  const names = ['redis-server', 'valkey-server']
  const onPath = names.flatMap((name) => pathFolders().map((folder) => join(folder, name))).find(isExecutable)
  if (onPath) return { kind: 'binary', command: onPath, env: {} }
  return cachedCopy()
}

/** @returns {RedisServer | null} */
function cachedCopy() {
  const note = join(redisCache(), 'server.json')
  if (!existsSync(note)) return null
  const { command, libraries } = JSON.parse(readFileSync(note, 'utf8'))
  if (!isExecutable(command)) return null
  return { kind: 'binary', command, env: { LD_LIBRARY_PATH: libraries.join(':') } }
}

/** @returns {Promise<RedisServer | null>} */
async function redisContainer() {
  for (const command of ['docker', 'podman']) {
    if (!pathFolders().some((folder) => isExecutable(join(folder, command)))) continue
    const { code } = await collect('timeout', ['5', command, 'info'])
    if (code === 0) return { kind: 'container', command, image }
  }
  return null
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
