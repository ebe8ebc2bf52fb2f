import { CodedError } from '../kernel/errors.ts'
import { newTurns } from '../kernel/turns.ts'
import type { LoadedRun, RunStore } from '../ports/run-store.ts'
import { decide } from '../upgrade/decide.ts'
import type { Decided } from '../upgrade/decided.ts'
import type { RunEvent } from '../upgrade/event.ts'
import type { Policy } from '../upgrade/policy.ts'
import type { Run } from '../wire/run.ts'

/**
 * The acting worker's hand on the one run: loads, decides and saves by compare-and-set, one event after the other. A save
 * that fails throws, and nothing was decided then.
 */
export type RunKeeper = {
  readonly current: () => Promise<Run | null>
  /** Null when there is no run. After it returns, `decided.run` is saved. */
  readonly change: (event: Given, nowMs: number) => Promise<Decided | null>
  readonly begin: (run: Run) => Promise<boolean>
  /** As `change`, by a worker that no longer leads: to say that it has let go of what it did. */
  readonly letGo: RunKeeper['change']
  /** Forgets what is in memory: another holder may have written since. */
  readonly forget: () => void
}

/** An event, or how it follows from the run as it is when it is decided; null when nothing does. */
type Given = RunEvent | ((run: Run) => RunEvent | null)

const SAVE_TRIES = 8

/** `guard` is asked right before each save, and throws where this worker doesn't lead. */
export function newRunKeeper(store: RunStore, policy: Policy, guard: () => void): RunKeeper {
  let cached: LoadedRun | null | undefined
  const inTurn = newTurns()

  async function load(): Promise<LoadedRun | null> {
    cached ??= await store.active()
    return cached
  }

  async function attempt(event: Given, nowMs: number, allowed: () => void): Promise<Decided | null | 'conflict'> {
    const loaded = await load()
    const real = loaded && typeof event === 'function' ? event(loaded.run) : event
    if (!loaded || !real || typeof real === 'function') return null
    const decided = decide(loaded.run, real, policy, nowMs)
    const next = decided.run
    if (!next || next === loaded.run) return decided
    cached = undefined
    allowed()
    const version = await store.save(next, loaded.version)
    if (version === null) return 'conflict'
    cached = { run: next, version }
    return decided
  }

  async function change(event: Given, nowMs: number, allowed: () => void): Promise<Decided | null> {
    for (let i = 0; i < SAVE_TRIES; i += 1) {
      const result = await attempt(event, nowMs, allowed)
      if (result !== 'conflict') return result
    }
    throw new CodedError('RECORD_CONTENDED', { tries: SAVE_TRIES })
  }

  return {
    current: () => inTurn(async () => (await load())?.run ?? null),
    change: (event, nowMs) => inTurn(() => change(event, nowMs, guard)),
    letGo: (event, nowMs) => inTurn(() => change(event, nowMs, () => undefined)),
    begin: (run) =>
      inTurn(async () => {
        cached = undefined
        guard()
        return store.create(run)
      }),
    forget: () => {
      cached = undefined
    },
  }
}
