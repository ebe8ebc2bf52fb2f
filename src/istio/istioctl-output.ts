import type { Result } from '../kernel/errors.ts'
import { ok, refuse } from '../kernel/errors.ts'
import { isPlainObject, listAt, textAt } from './plain-data.ts'

/** Colours, cursor moves and the like: CSI sequences, and OSC ones up to their BEL (ECMA-48). */
const ANSI = new RegExp(String.raw`\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*\u0007|[@-Z\\-_])`, 'g')

export type VersionOutput = {
  readonly client: string
  /** Empty also when the cluster could not be asked: istioctl swallows those errors. */
  readonly controlPlanes: readonly { readonly revision: string; readonly version: string }[]
}

/** `istioctl version -o json`. Refuses ISTIOCTL_OUTPUT_UNREADABLE. */
export function parseVersionOutput(stdout: string): Result<VersionOutput> {
  const value = jsonIn(stdout)
  const client = textAt(value, 'clientVersion', 'version')
  if (client === null) return unreadable('version', stdout)
  const controlPlanes = listAt(value, 'meshVersion').flatMap((item) => {
    const version = textAt(item, 'Info', 'version')
    return version === null ? [] : [{ revision: textAt(item, 'Revision') ?? '', version }]
  })
  return ok({ client, controlPlanes })
}

/**
 * A line of istioctl's progress as people read it: colours and cursor moves gone, of a spinner that writes over itself only
 * the last state. Empty when nothing is left.
 */
export function plainLine(line: string): string {
  const states = line.replaceAll(ANSI, '').split('\r')
  const last = states.map((state) => state.trim()).findLast((state) => state !== '')
  return (last ?? '').replace(/^[⠀-⣿|/\\-]\s+/u, '')
}

/** All lines with something in them, without repeats in a row. */
export function plainLines(output: string): readonly string[] {
  const lines = output.split('\n').map(plainLine)
  return lines.filter((line, i) => line !== '' && line !== lines[i - 1])
}

/** What the words of `install` say. Its exit code counts, too: 0 without these words is no success. */
export function saysInstalled(output: string): boolean {
  return plainLines(output).some((line) => line.includes('Installation complete'))
}

export type UninstallOutput = 'removed' | 'nothing-to-remove' | 'cancelled' | 'unclear'

/**
 * What `uninstall` says on stdout and stderr together. "No resources will be pruned" ends with "Uninstall complete" and 0,
 * too, and has removed nothing (Helm-made planes); the first is on stdout, the second on stderr.
 */
export function readUninstall(output: string): UninstallOutput {
  const lines = plainLines(output)
  const says = (words: string): boolean => lines.some((line) => line.includes(words))
  if (says('No resources will be pruned')) return 'nothing-to-remove'
  if (says('Cancelled.')) return 'cancelled'
  return says('Uninstall complete') ? 'removed' : 'unclear'
}

/** One finding of `x precheck -o json` or `analyze -o json`. */
export type Finding = {
  readonly code: string
  readonly level: 'Info' | 'Warning' | 'Error'
  readonly message: string
  /** `Namespace default`, `Pod shop/cart-1`; empty where istioctl names none. */
  readonly origin: string
}

/** What one call printed and ended with. */
export type CheckOutput = { readonly stdout: string; readonly exitCode: number | null }

/**
 * The findings of `x precheck -o json` and `analyze -o json`: a JSON list; or nothing, or a sentence that there are none, with
 * exit code 0. Their failing exit codes (1 and 79) only say that there are findings. Refuses ISTIOCTL_OUTPUT_UNREADABLE for
 * anything else: an unread check is not a passed one.
 */
export function parseFindings(
  command: 'precheck' | 'analyze',
  { stdout, exitCode }: CheckOutput,
): Result<readonly Finding[]> {
  const value = jsonIn(stdout)
  if (Array.isArray(value)) {
    const findings = value.map(findingOf)
    return findings.every((finding) => finding !== null) ? ok(findings) : unreadable(command, stdout)
  }
  const saysNone = ['', 'null'].includes(stdout.trim()) || /No (?:validation )?issues found/i.test(stdout)
  return saysNone && exitCode === 0 ? ok([]) : unreadable(command, stdout)
}

function findingOf(value: unknown): Finding | null {
  const code = textAt(value, 'code')
  const level = textAt(value, 'level')
  const known = level === 'Info' || level === 'Warning' || level === 'Error'
  if (code === null || !known) return null
  return { code, level, message: textAt(value, 'message') ?? '', origin: textAt(value, 'origin') ?? '' }
}

/** istioctl may log lines before its JSON: the text from the first line that begins with a bracket to the last one is tried. */
function jsonIn(stdout: string): unknown {
  const start = stdout.search(/^[[{]/m)
  const end = Math.max(stdout.lastIndexOf(']'), stdout.lastIndexOf('}'))
  if (start < 0 || end < start) return null
  try {
    const value: unknown = JSON.parse(stdout.slice(start, end + 1))
    return isPlainObject(value) || Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function unreadable<T>(command: string, stdout: string): Result<T> {
  return refuse('ISTIOCTL_OUTPUT_UNREADABLE', {
    command,
    output: plainLines(stdout).slice(0, 5).join(' ').slice(0, 300),
  })
}
