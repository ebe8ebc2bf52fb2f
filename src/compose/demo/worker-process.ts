import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SandboxCalendar } from '../../sandbox/clock/calendar.ts'
import type { WorkerOrder, WorkerReport } from './worker-orders.ts'

export type WorkerProcess = {
  readonly leads: () => boolean
  /** SIGKILL at once. */
  readonly kill: () => void
  /** SIGTERM; SIGKILL when it takes too long. */
  readonly stop: () => Promise<void>
}

export type WorkerLaunch = {
  readonly env: NodeJS.ProcessEnv
  readonly start: Omit<Extract<WorkerOrder, { kind: 'start' }>, 'kind' | 'calendar'>
  readonly calendar: SandboxCalendar
  readonly onLine: (line: string) => void
}

const STOP_MS = 4000

/** Starts one worker in a process of its own, which ends with this one. */
export function startWorkerProcess({ env, start, calendar, onLine }: WorkerLaunch): WorkerProcess {
  const entry = fileURLToPath(new URL('worker-entry.ts', import.meta.url))
  // A group of its own: Ctrl-C at the terminal is for the demo, which stops it in order.
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true })
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
    kill: () => void child.kill('SIGKILL'),
    stop: () => ended(child),
  }
}

function isOn(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

async function ended(child: ChildProcess): Promise<void> {
  if (!isOn(child)) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await gone
  clearTimeout(late)
}
