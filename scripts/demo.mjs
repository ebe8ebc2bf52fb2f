// The whole job on a local imitation of Slack and Kubernetes: node scripts/demo.mjs [--headless] [--story NAME] [--port PORT].
// Makes a fresh clone ready first, and finds the demo a Redis to start.
import { delimiter, dirname, join } from 'node:path'
import { runInherited } from './lib/child.mjs'
import { environment, node24, root } from './lib/paths.mjs'
import { findRedis } from './lib/redis.mjs'
import { setUp } from './lib/setup.mjs'

await setUp({ redis: true })
const redis = await findRedis()
if (redis?.kind !== 'binary') {
  console.error(
    'The demo needs redis-server or valkey-server on PATH; a Redis in a container does not serve for it. Install one and run this again.',
  )
  process.exit(1)
}
const env = environment()
// A closed terminal tells the demo too; a hangup for this process alone is passed on as what ends it.
process.on('SIGHUP', () => process.emit('SIGTERM', 'SIGTERM'))
const PATH = [env.PATH, dirname(redis.command)].join(delimiter)
process.exit(
  await runInherited(
    node24,
    ['--disable-warning=ExperimentalWarning', join(root, 'src', 'main.ts'), 'demo', ...process.argv.slice(2)],
    {
      env: { ...env, PATH, ...redis.env },
    },
  ),
)
