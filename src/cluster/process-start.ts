import { readFileSync, readlinkSync } from 'node:fs'

/** Start time of a process in clock ticks since boot; null when there is no such process or no /proc. */
export function startTicksOf(pid: number): string | null {
  try {
    return startTicksIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return null
  }
}

/** Field 22 of /proc/PID/stat (proc(5)); the name in field 2 may hold spaces and brackets. A zombie counts as gone. */
export function startTicksIn(stat: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? null : (fields[19] ?? null)
}

/**
 * Which running kernel and which set of pids a pid belongs to: boot id and, in containers, the pid namespace, since two
 * containers of one host share the boot id but not their pids. Empty where /proc doesn't say.
 */
export function bootIdentity(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return ''
  }
}
