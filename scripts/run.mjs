// Runs a command with Node 24 and the project's tools first on PATH: node scripts/run.mjs COMMAND [ARGUMENT …].
// What ends in .ts, .js or .mjs is given to Node 24.
import { runInherited } from './lib/child.mjs'
import { environment, node24 } from './lib/paths.mjs'
import { setUp } from './lib/setup.mjs'

const [command, ...args] = process.argv.slice(2)
if (!command) {
  console.error('Say what to run: node scripts/run.mjs COMMAND [ARGUMENT …]')
  process.exit(2)
}
await setUp({ redis: false })
const isScript = /\.[cm]?[jt]s$/.test(command)
const [program, given] = isScript ? [node24, [command, ...args]] : [command === 'node' ? node24 : command, args]
process.exit(await runInherited(program, given, { env: environment() }))
