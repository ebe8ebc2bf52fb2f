import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { bootIdentity, startTicksOf } from '../../cluster/process-start.ts'

/** Whose folder it is. A pid alone says little: it is given out again, and another container counts its own. */
const owner = z.object({ machine: z.string(), pid: z.int().positive(), startTicks: z.string() })
type Owner = z.infer<typeof owner>

const PREFIX = 'meshferry-demo-'
const OWNER_FILE = 'owner.json'

/**
 * A folder of this demo's own under `parent`. Those of demos that were killed, so that they could not tidy up, are removed
 * first; one whose owner lives, or is not surely gone, is left alone.
 */
export function newDemoFolder(parent: string): string {
  for (const name of namesIn(parent)) if (isDead(join(parent, name))) remove(join(parent, name))
  const folder = mkdtempSync(join(parent, PREFIX))
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(ownerOf(process.pid)))
  return folder
}

function ownerOf(pid: number): Owner {
  return { machine: bootIdentity() || hostname(), pid, startTicks: startTicksOf(pid) ?? '' }
}

function namesIn(parent: string): readonly string[] {
  try {
    return readdirSync(parent).filter((name) => name.startsWith(PREFIX))
  } catch {
    return []
  }
}

/** Only on proof: a folder that doesn't say whose it is may be about to be written. */
function isDead(folder: string): boolean {
  const known = readOwner(folder)
  if (!known) return false
  const now = ownerOf(known.pid)
  if (known.machine !== now.machine) return false
  return known.startTicks === '' ? !answers(known.pid) : known.startTicks !== now.startTicks
}

function readOwner(folder: string): Owner | null {
  try {
    return owner.parse(JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')))
  } catch {
    return null
  }
}

/** Where there is no /proc. Somebody else's process answers with EPERM. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH')
  }
}

/** Another demo may be at it as well; what can't be removed stays for the next one. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Not worth a word before a demo.
  }
}
