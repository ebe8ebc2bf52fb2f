import { epochOf, isoOf } from '../kernel/clock.ts'
import type { HttpProbes, ProbeWatch } from '../ports/http-probes.ts'
import { currentProgress } from '../upgrade/draft.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'

/** Asks the tenants' URLs from before the first act of a phase until after its last proof, over all of its steps. */
export type PhaseProbes = {
  /** Gates: what could not be told apart from an outage, or is one already. */
  readonly check: () => Promise<readonly Coded[]>
  /**
   * Of this phase: begun with its first step, or with the step that a new worker takes up; then its sum says since when. Null where no
   * URL is configured.
   */
  readonly begun: (run: Run, nowMs: number) => Promise<ProbeWatch | null>
  /** What is asked at this moment: a way back begins nothing, since it is held up by nothing (promise 8). */
  readonly now: () => ProbeWatch | null
  /** Ends unless the run is still at work: one that is stopped may stand for days. */
  readonly endAfter: (run: Run | null) => void
}

export function newPhaseProbes(probes: HttpProbes | null): PhaseProbes {
  let current: { readonly phase: string; readonly watch: ProbeWatch } | null = null
  const end = (): void => {
    current?.watch.close()
    current = null
  }
  return {
    check: async () => (await probes?.check()) ?? [],
    async begun(run, nowMs) {
      if (!probes) return null
      const progress = currentProgress(run)
      const phase = progress?.id ?? run.id
      if (current?.phase === phase) return current.watch
      end()
      const watch = sinceWhen(await probes.open(), progress ? epochOf(progress.startedAt) : nowMs, nowMs)
      current = { phase, watch }
      return watch
    },
    now: () => current?.watch ?? null,
    endAfter: (run) => {
      const isAtWork = (run?.state === 'running' && !run.stopped) || run?.state === 'undoing'
      if (!isAtWork) end()
    },
  }
}

/** A phase that began so long before its first question, in ms, was not watched from its beginning. */
const LATE_MS = 5000

/** What was counted before a worker was gone is gone with it: the sum must not pass for that of the whole phase. */
function sinceWhen(watch: ProbeWatch, phaseMs: number, nowMs: number): ProbeWatch {
  if (nowMs - phaseMs < LATE_MS) return watch
  const since = isoOf(nowMs)
  return { ...watch, sum: () => watch.sum().map(({ code, facts }) => ({ code, facts: { ...facts, since } })) }
}
