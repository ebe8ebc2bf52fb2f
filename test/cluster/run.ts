import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { unavailable } from './harness/available.ts'
import { build } from './harness/build.ts'
import { createNamespace, inside, NAMESPACE_VARIABLE, removeNamespace } from './harness/netns.ts'
import { walkAgain } from './second-walk.ts'

/**
 * `node test/cluster/run.ts [jest arguments]`: runs the cluster tests inside a network namespace made for them, so that
 * test, bot and worker reach the addresses of pods. `--transcript FILE` lets the journeys write their chat there.
 * `node test/cluster/run.ts --exec PROGRAM …` runs any program in such a namespace. Exit code 69: it can't run here, and a
 * sentence on stderr says why.
 */
const ROOT = join(import.meta.dirname, '..', '..')

/** sysexits' "service unavailable": the tier can't run here, which is neither a pass nor a failed test. */
const CANNOT_RUN = 69

/** Where a journey writes its chat as text; unset: nowhere. */
const TRANSCRIPT_VARIABLE = 'MESHFERRY_TRANSCRIPT'

async function main(given: readonly string[]): Promise<number> {
  const args = withTranscript(given)
  const reason = await unavailable()
  if (reason !== null) {
    console.error(reason)
    return CANNOT_RUN
  }
  await build()
  const name = await createNamespace()
  try {
    if (args[0] === '--exec') return await runInside(name, args.slice(1))
    const walk = (given: readonly string[]): Promise<number> => runInside(name, jest(given))
    return await walkAgain(await walk(args), args, walk)
  } finally {
    await removeNamespace(name)
  }
}

/** Takes `--transcript FILE` out of the arguments and hands it on by the environment. */
function withTranscript(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--transcript')
  const file = args[at + 1]
  if (at === -1 || file === undefined) return args
  process.env[TRANSCRIPT_VARIABLE] = resolve(file)
  return args.filter((_, index) => index !== at && index !== at + 1)
}

function jest(args: readonly string[]): readonly string[] {
  const program = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js')
  return [
    process.execPath,
    '--experimental-vm-modules',
    program,
    '-c',
    join(ROOT, 'test', 'jest.cluster.json'),
    ...args,
  ]
}

function runInside(name: string, argv: readonly string[]): Promise<number> {
  const [file, ...args] = inside(name, argv)
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, [NAMESPACE_VARIABLE]: name } })
  // A terminal sends these to the child as well: it ends first, then the namespace goes.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((settle) => {
    child.once('exit', (code) => settle(code ?? 1))
    child.once('error', () => settle(1))
  })
}

process.exitCode = await main(process.argv.slice(2))
