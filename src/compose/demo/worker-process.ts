import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SandboxCalendar } from '../../sandbox/clock/calendar.ts'
import type { WorkerOrder, WorkerReport } from './worker-orders.ts'

export type WorkerProcess = {
  readonly leads: () => boolean
  /** SIGKILL at once; resolves when it is gone. */
  readonly kill: () => Promise<void>
  /** SIGTERM; SIGKILL when it takes longer than this, default 4000 ms. */
  readonly stop: (withinMs?: number) => Promise<void>
  /** SIGSTOP and SIGCONT: it believes that no time has passed. */
  readonly freeze: () => void
  readonly thaw: () => void
}

export type WorkerLaunch = {
  readonly env: NodeJS.ProcessEnv
  readonly start: Omit<Extract<WorkerOrder, { kind: 'start' }>, 'kind' | 'calendar'>
  readonly calendar: SandboxCalendar
  readonly onLine: (line: string) => void
  /** What node runs; by default a worker that takes orders. Another program never says that it leads. */
  readonly program?: readonly string[]
}

const STOP_MS = 4000
const TAKES_ORDERS = [fileURLToPath(new URL('worker-entry.ts', import.meta.url))]

/** Starts one worker in a process of its own, which ends with this one. */
export function startWorkerProcess({
  env,
  start,
  calendar,
  onLine,
  program = TAKES_ORDERS,
}: WorkerLaunch): WorkerProcess {
  // A group of its own: Ctrl-C at the terminal is for who started it, and stops it in order. What takes no orders would outlive that one.
  const detached = program === TAKES_ORDERS
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached })
  let leads = false
  child.on('message', (report: WorkerReport) => {
    leads = report.leads
  })
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', onLine)
  const send = (order: WorkerOrder): void => {
    if (child.connected) child.send(order, () => undefined)
  }
  send({ kind: 'start', ...start, calendar: calendar.state() })
  const deaf = calendar.listen((state) => send({ kind: 'calendar', calendar: state }))
  child.once('exit', deaf)
  return {
    leads: () => leads && isOn(child),
    kill: () => ended(child, 'SIGKILL', STOP_MS),
    stop: (withinMs = STOP_MS) => {
      child.kill('SIGCONT')
      return ended(child, 'SIGTERM', withinMs)
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
}

function isOn(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

async function ended(child: ChildProcess, signal: NodeJS.Signals, withinMs: number): Promise<void> {
  if (!isOn(child)) return
  const gone = once(child, 'exit')
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), withinMs)
  await gone
  clearTimeout(late)
}
