import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findChromium } from './find-chromium.ts'

/**
 * `node test/browser/run.ts [jest arguments]`: runs the tests of the demo's page in a real Chromium. Where there is none, it is
 * installed if nobody has to be asked: in CI, as root, by apt. Exit code 69: it can't run here, and a sentence says why.
 */
const ROOT = join(import.meta.dirname, '..', '..')
const JEST = [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '-c', join(ROOT, 'test', 'jest.browser.json')]

/** sysexits' "service unavailable": the tier can't run here, which is neither a pass nor a failed test. */
const CANNOT_RUN = 69

async function main(args: readonly string[]): Promise<number> {
  if (!findChromium() && mayInstall()) await install()
  if (!findChromium()) {
    console.error(
      'There is no Chromium on PATH. Install one (Debian, Ubuntu: apt-get install chromium) and run this again.',
    )
    return CANNOT_RUN
  }
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  return run(process.execPath, [...flags, ...JEST, ...args])
}

/** In CI, as root: nobody else's machine is changed. */
function mayInstall(): boolean {
  return process.env['CI'] === 'true' && process.getuid?.() === 0
}

async function install(): Promise<void> {
  console.log('Installing Chromium by apt-get, which takes a minute …')
  await run('apt-get', ['-qq', 'update'])
  await run('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', 'chromium', 'fonts-noto-cjk'])
}

function run(program: string, args: readonly string[]): Promise<number> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const child = spawn(program, args, { stdio: 'inherit', cwd: ROOT, env })
  return new Promise((settle) => {
    child.once('exit', (code) => settle(code ?? 1))
    child.once('error', () => settle(1))
  })
}

process.exitCode = await main(process.argv.slice(2))
