import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** What a pipe of programs printed, its wall time in ms, and the sum of its programs' peaks of resident memory in MB. */
export type Watched = { readonly stdout: string; readonly ms: number; readonly peakMb: number }

const LOOK_MS = 10

/** Runs programs as one pipe, each by its argument list, and looks at their memory until the last has ended. */
export async function watched(pipe: readonly (readonly string[])[], env: NodeJS.ProcessEnv): Promise<Watched> {
  const began = performance.now()
  const children = pipe.map(([program = '', ...args]) =>
    spawn(program, args, { env, stdio: ['pipe', 'pipe', 'inherit'] }),
  )
  children.forEach((child, i) => {
    const next = children[i + 1]
    if (next) child.stdout.pipe(next.stdin)
  })
  const peaks = new Map<ChildProcess, number>()
  const looking = setInterval(() => look(children, peaks), LOOK_MS)
  const ended = children.map((child) => once(child, 'exit') as Promise<[number | null]>)
  const chunks: string[] = []
  for await (const chunk of children.at(-1)?.stdout.setEncoding('utf8') ?? []) chunks.push(String(chunk))
  const codes = (await Promise.all(ended)).map(([code]) => code)
  clearInterval(looking)
  if (codes.some((code) => code !== 0))
    throw new Error(`${pipe.map(([program]) => program).join(' | ')}: exit codes ${codes.join()}`)
  const peakMb = [...peaks.values()].reduce((sum, peak) => sum + peak, 0)
  return { stdout: chunks.join(''), ms: performance.now() - began, peakMb }
}

function look(children: readonly ChildProcess[], peaks: Map<ChildProcess, number>): void {
  for (const child of children) {
    const peak = peakMbOf(child.pid)
    if (peak !== null) peaks.set(child, peak)
  }
}

/** VmHWM of proc(5); null once the process is gone. */
function peakMbOf(pid: number | undefined): number | null {
  try {
    const kb = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kb === undefined ? null : Number(kb) / 1024
  } catch {
    return null
  }
}
