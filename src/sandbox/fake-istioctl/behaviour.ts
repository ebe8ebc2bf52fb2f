import { readFileSync } from 'node:fs'
import { sleep } from '../../kernel/retry.ts'

/**
 * How this istioctl misbehaves. Read from the file that FAKE_ISTIOCTL_SETTINGS names (installFakeIstioctl puts it beside
 * the launcher: `istioctl-1.31.0.json`), then from FAKE_ISTIOCTL as JSON, at every start.
 *
 * A step is `start`, `apply:KIND/NAME`, `pods`, `ready`, `complete`, `disarm`, `tag`, `delete:KIND/NAME` or `end`; a
 * setting names one by its beginning (`apply:Deployment`).
 */
export type Behaviour = {
  /** How long a command takes at least, in ms; default 300. */
  readonly delayMs?: number
  /** Exit 1 before this step, with the error's text. */
  readonly failAt?: string
  readonly failWith?: string
  /** Stop for ever before this step. */
  readonly hangAt?: string
  /** SIGKILL itself before this step. */
  readonly dieAt?: string
  /** Wait this long before this step: to hit it from outside in the middle. */
  readonly slowAt?: string
  readonly slowMs?: number
  /** The new istiods never become ready: install waits for its timeout and fails. */
  readonly neverReady?: boolean
  /** Colour codes, as on a terminal. The real one writes none into a pipe. */
  readonly ansi?: boolean
  /** What `x precheck` and `analyze` find: warnings, so that precheck exits 1 and analyze 0. */
  readonly findings?: readonly string[]
}

export function readBehaviour(env: Readonly<Record<string, string | undefined>>): Behaviour {
  const fromFile = env['FAKE_ISTIOCTL_SETTINGS'] ? readIfThere(env['FAKE_ISTIOCTL_SETTINGS']) : '{}'
  return { ...(JSON.parse(fromFile) as Behaviour), ...(JSON.parse(env['FAKE_ISTIOCTL'] ?? '{}') as Behaviour) }
}

/** Passes a step of the script, or does there what the behaviour asks for. */
export async function step(behaviour: Behaviour, name: string): Promise<void> {
  const at = (wanted: string | undefined): boolean => wanted !== undefined && name.startsWith(wanted)
  if (at(behaviour.slowAt)) await sleep(behaviour.slowMs ?? 1000)
  if (at(behaviour.dieAt)) process.kill(process.pid, 'SIGKILL')
  if (at(behaviour.hangAt)) await sleep(2 ** 31 - 1)
  if (at(behaviour.failAt)) throw new Error(behaviour.failWith ?? `failed on demand at ${name}`)
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '{}'
  }
}
