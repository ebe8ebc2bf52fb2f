// Everything that can be said about the code without running it: format, lint, types, dead code, import walls.
import { runInherited, seconds } from './lib/child.mjs'
import { bin, environment, node24, root } from './lib/paths.mjs'
import { noteResults } from './lib/results.mjs'
import { setUp } from './lib/setup.mjs'

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']

const checks = [
  { name: 'format', command: `${bin}/oxfmt`, args: ['--check', '.'], advice: 'npm run format' },
  { name: 'lint', command: `${bin}/oxlint`, args: ['--config', 'oxlint.config.ts'] },
  { name: 'types', command: `${bin}/tsc`, args: ['--noEmit', '-p', '.'] },
  { name: 'types of the demo page', command: `${bin}/tsc`, args: ['--noEmit', '-p', 'src/sandbox/page/browser'] },
  { name: 'dead code', command: `${bin}/knip`, args: ['--no-progress'] },
  { name: 'walls', command: node24, args: [...jest, '-c', 'test/jest.unit.json', 'test/unit/walls'] },
]

await setUp({ redis: false })
const failed = []
for (const { name, command, args, advice } of checks) {
  const started = Date.now()
  console.log(`\n— ${name}`)
  const code = await runInherited(command, args, { cwd: root, env: environment() })
  console.log(`— ${name}: ${code === 0 ? 'fine' : 'not fine'} (${seconds(started)})`)
  if (code === 0) continue
  failed.push(name)
  if (advice) console.log(`  "${advice}" mends it.`)
}
noteResults({ passed: checks.length - failed.length, failed: failed.length })
console.log(failed.length === 0 ? '\nAll checks are fine.' : `\nNot fine: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)
