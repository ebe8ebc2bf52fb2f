import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { cacheRoot, moduleFolder } from './cache.ts'
import { withLock } from './lock.ts'
import { linkerFlags, pathOf, usualPrograms } from './programs.ts'
import type { Program } from './programs.ts'

export type Say = (line: string) => void

/** A person who waits for a build hears from it at least this often. */
const PROGRESS_MS = 5000

/**
 * Builds what is missing of `programs` from the pinned modules and returns how many it built. Two runs at once don't build
 * twice: the second waits. A build that fails throws with Go's own words; a half-written binary is never left behind.
 */
export async function build(programs: readonly Program[] = usualPrograms(), say: Say = console.error): Promise<number> {
  if (missing(programs).length === 0) return 0
  const waiting = (holder: number) =>
    say(`cluster tests: process ${holder} is building the same binaries; waiting for it`)
  return withLock(join(cacheRoot(), 'build.lock'), sparse(waiting), async () => {
    const todo = missing(programs)
    for (const [index, program] of todo.entries()) {
      await buildOne(program, (line) => say(`cluster tests: [${index + 1}/${todo.length}] ${line}`))
    }
    return todo.length
  })
}

export function missing(programs: readonly Program[]): readonly Program[] {
  return programs.filter((program) => !existsSync(pathOf(program)))
}

async function buildOne(program: Program, say: Say): Promise<void> {
  const target = pathOf(program)
  const draft = `${target}.${process.pid}.part`
  mkdirSync(dirname(target), { recursive: true })
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  say(`building ${program.name}`)
  const progress = setInterval(() => say(`building ${program.name}, ${seconds()} s so far`), PROGRESS_MS)
  try {
    const args = ['build', '-ldflags', linkerFlags(program), '-o', draft, program.package]
    await execa('go', args, { cwd: moduleFolder(program.module) })
    renameSync(draft, target)
    say(`built ${program.name} in ${seconds()} s`)
  } finally {
    clearInterval(progress)
    rmSync(draft, { force: true })
  }
}

function sparse(say: (holder: number) => void): (holder: number) => void {
  let next = 0
  return (holder) => {
    if (Date.now() < next) return
    next = Date.now() + PROGRESS_MS
    say(holder)
  }
}
