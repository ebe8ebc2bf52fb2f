import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { CodedError } from '../kernel/errors.ts'
import type { IstioctlCall, IstioctlResult } from '../ports/cluster.ts'
import { boundedText, lastLines, lineSink } from './output-lines.ts'
import { startTicksOf } from './process-start.ts'

export type GatedCall = Pick<IstioctlCall, 'deadlineMs' | 'signal' | 'onLine' | 'onSpawn'> & {
  /** Put in front of the launcher: setpriv. */
  readonly prefix: readonly string[]
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly graceMs: number
}

const LAUNCHER = fileURLToPath(new URL('./istioctl-launch.ts', import.meta.url))
const QUIET_NODE = ['--disable-warning=ExperimentalWarning']

/**
 * Runs a program that does nothing before `onSpawn` has resolved (istioctl-launch.ts). When `onSpawn` fails the program
 * never starts, and its error is thrown. The deadline counts from the start; deadline and signal end it by SIGTERM, then
 * SIGKILL. A failing exit code is a result. Throws ISTIOCTL_NOT_STARTED where the child could not be made at all.
 */
export async function runGated(call: GatedCall): Promise<IstioctlResult> {
  const started = performance.now()
  const [command, ...before] = [...call.prefix, process.execPath]
  const child = execa(command, [...before, ...QUIET_NODE, LAUNCHER, call.file, ...call.args], {
    env: call.env,
    extendEnv: false,
    stdin: 'pipe',
    buffer: false,
    reject: false,
    // Its own group: Ctrl-C at our terminal is ours to handle, not istioctl's in the middle of an install.
    detached: true,
    cleanup: false,
  })
  const output = collect(child, call.onLine)
  const ender = newEnder(child, call)
  child.stdin.on('error', () => {})
  try {
    await letIn(child, call)
    const result = await child
    output.end()
    return { ...outcomeOf(result, ender.why()), ...output.read(), ms: performance.now() - started }
  } finally {
    ender.stop()
  }
}

type Child = {
  readonly pid?: number | undefined
  readonly stdin: NodeJS.WritableStream
  readonly stdout: NodeJS.ReadableStream
  readonly stderr: NodeJS.ReadableStream
  readonly kill: (signal: NodeJS.Signals) => boolean
}

async function letIn(child: Child & PromiseLike<unknown>, call: GatedCall): Promise<void> {
  const { pid } = child
  if (pid === undefined) throw new CodedError('ISTIOCTL_NOT_STARTED', { file: call.file, message: 'no process' })
  try {
    await call.onSpawn?.({ pid, startTicks: startTicksOf(pid) ?? '' })
  } catch (error) {
    child.stdin.end()
    child.kill('SIGKILL')
    await child
    throw error
  }
  child.stdin.end('1')
}

type Ended = { readonly exitCode?: number | undefined; readonly signal?: string | undefined }

function outcomeOf(result: Ended, why: 'deadline' | 'cancelled' | null): Pick<IstioctlResult, 'exitCode' | 'ended'> {
  const exitCode = result.exitCode ?? null
  if (why) return { exitCode, ended: why }
  return { exitCode, ended: exitCode === null ? 'killed' : 'exited' }
}

function collect(
  child: Child,
  onLine: ((line: string) => void) | undefined,
): { readonly end: () => void; readonly read: () => Pick<IstioctlResult, 'stdout' | 'lines'> } {
  const kept = lastLines()
  const stdout = boundedText()
  const take = (line: string): void => {
    kept.add(line)
    onLine?.(line)
  }
  const sinks = [lineSink(take), lineSink(take)] as const
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout.add(text)
    sinks[0].take(text)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => sinks[1].take(text))
  return {
    end: () => sinks.forEach((sink) => sink.end()),
    read: () => ({ stdout: stdout.text(), lines: kept.all() }),
  }
}

/** Ends the child's whole group at the deadline or when cancelled: a credential plugin may be running under it. */
function newEnder(
  child: Child,
  call: GatedCall,
): { readonly why: () => 'deadline' | 'cancelled' | null; readonly stop: () => void } {
  let why: 'deadline' | 'cancelled' | null = null
  let last: NodeJS.Timeout | undefined
  const end = (reason: 'deadline' | 'cancelled'): void => {
    if (why) return
    why = reason
    signalGroup(child, 'SIGTERM')
    last = setTimeout(() => signalGroup(child, 'SIGKILL'), call.graceMs)
  }
  const deadline = setTimeout(() => end('deadline'), call.deadlineMs)
  const cancel = (): void => end('cancelled')
  call.signal?.addEventListener('abort', cancel, { once: true })
  if (call.signal?.aborted) cancel()
  return {
    why: () => why,
    stop() {
      clearTimeout(deadline)
      clearTimeout(last)
      call.signal?.removeEventListener('abort', cancel)
    },
  }
}

function signalGroup(child: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Gone already, or not yet a group of its own.
    child.kill(signal)
  }
}
