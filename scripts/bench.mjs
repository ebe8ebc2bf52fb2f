// Measures what was promised, beside its targets: npm run bench [-- NAME …].
import { runInherited } from './lib/child.mjs'
import { environment, node24, root } from './lib/paths.mjs'
import { setUp } from './lib/setup.mjs'

await setUp({ redis: true })
const args = ['test/bench/run.ts', ...process.argv.slice(2)]
process.exit(await runInherited(node24, args, { cwd: root, env: environment() }))
