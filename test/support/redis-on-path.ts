import { delimiter, dirname } from 'node:path'
import { findRedis } from '../../scripts/lib/redis.mjs'

/** Puts the tests' Redis server where the demo looks for one, as scripts/demo.mjs does. */
export async function withRedisOnPath(): Promise<void> {
  const server = await findRedis()
  if (server?.kind !== 'binary') throw new Error('the demo needs a redis-server of the machine, not a container')
  const path = process.env['PATH'] ?? ''
  const folder = dirname(server.command)
  if (!path.split(delimiter).includes(folder)) process.env['PATH'] = [path, folder].join(delimiter)
  for (const [name, value] of Object.entries(server.env)) process.env[name] = value
}
