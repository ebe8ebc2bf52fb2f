import { execa } from 'execa'

/** What a finished program said. `code` is -1 when a signal ended it. */
export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string; readonly ms: number }

export type RunOptions = {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly timeoutMs?: number
  readonly input?: string
}

/** Runs a program to its end and never throws for its exit code: tests of failures read it. */
export async function runCommand(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const started = performance.now()
  const { exitCode, stdout, stderr, originalMessage } = await execa(
    'setpriv',
    ['--pdeathsig', 'KILL', '--', file, ...args],
    {
      reject: false,
      timeout: options.timeoutMs ?? 120_000,
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
    },
  )
  const ms = Math.round(performance.now() - started)
  return { code: exitCode ?? -1, stdout, stderr: stderr || (originalMessage ?? ''), ms }
}

/** The same for steps of a test's set-up: an exit code other than 0 throws with the program's last words. */
export async function mustRun(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const ran = await runCommand(file, args, options)
  if (ran.code === 0) return ran
  throw new Error(`${file} ${args.join(' ')} ended with ${ran.code}: ${(ran.stderr || ran.stdout).slice(-2000)}`)
}
