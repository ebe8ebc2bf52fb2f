import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

/** A process that this one started and that dies with it, even by SIGKILL (setpriv --pdeathsig; real-life Node parents leave orphans). */
export type Proc = {
  readonly name: string
  readonly pid: number
  readonly log: string
  readonly running: () => boolean
  readonly exited: Promise<void>
  /** Sends the signal, waits, and sends SIGKILL after `graceMs`. Safe to call twice. */
  readonly stop: (signal?: NodeJS.Signals, graceMs?: number) => Promise<void>
}

export type ProcOptions = {
  readonly name: string
  readonly argv: readonly string[]
  readonly log: string
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

export function startProc({ name, argv, log, env, cwd }: ProcOptions): Proc {
  const output = openSync(log, 'a')
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...argv], {
    stdio: ['ignore', output, output],
    env: env ?? process.env,
    ...(cwd === undefined ? {} : { cwd }),
  })
  closeSync(output)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const running = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined
  const stop = async (signal: NodeJS.Signals = 'SIGTERM', graceMs = 5000) => {
    if (!running()) return
    child.kill(signal)
    const kill = setTimeout(() => child.kill('SIGKILL'), graceMs)
    await exited
    clearTimeout(kill)
  }
  return { name, pid: child.pid ?? -1, log, running, exited, stop }
}
