import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unavailable } from '../cluster/harness/available.ts'

const CLUSTER_RUN = join(import.meta.dirname, '..', 'cluster', 'run.ts')

/** What a program of this folder wrote on a real control plane, or why it could not. */
export type OnPlane<T> =
  | { readonly kind: 'measured'; readonly rounds: readonly T[] }
  | { readonly kind: 'not'; readonly why: string }

/** Runs `node PROGRAM FILE …args` in the network namespace of the cluster tests, and reads the JSON that it wrote to FILE. */
export async function onPlane<T>(program: string, args: readonly string[]): Promise<OnPlane<T>> {
  const why = await unavailable()
  if (why !== null) return { kind: 'not', why }
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-bench-'))
  const file = join(folder, 'rounds.json')
  try {
    const argv = [CLUSTER_RUN, '--exec', process.execPath, join(import.meta.dirname, program), file, ...args]
    const child = spawn(process.execPath, argv, { stdio: 'inherit' })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) return { kind: 'not', why: 'the run on the real control plane ended early; its words are above' }
    return { kind: 'measured', rounds: JSON.parse(readFileSync(file, 'utf8')) as readonly T[] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
