import type { Mesh } from '../../istio/mesh.ts'
import type { Coded } from '../../wire/facts.ts'
import type { StepPlan } from '../../wire/plan.ts'
import type { Proof, Run, StepEntry } from '../../wire/run.ts'
import type { WorkerContext } from '../worker-context.ts'

/** One attempt of one step, by the holder that journalled it. */
export type StepWork = {
  readonly ctx: WorkerContext
  readonly run: Run
  readonly step: StepPlan
  readonly entry: StepEntry
  /** Aborted by a rollback or by the loss of the Lease: end what runs, send nothing more. */
  readonly signal: AbortSignal
  /** Journals that this step changes the cluster from here on. Nothing may be sent before it returned. */
  readonly acts: () => Promise<void>
  /** Records what was saved, without having changed anything. */
  readonly saved: (backup: { readonly name: string; readonly sha256: string }) => Promise<void>
  /** Journals the child process, before it can do anything. */
  readonly childStarted: (
    child: { readonly pid: number; readonly startTicks: string },
    deadlineMs: number,
  ) => Promise<void>
}

export type Verified =
  | {
      readonly ok: true
      readonly proofs: readonly Proof[]
      readonly evidence: readonly Coded[]
      /** What injection rests on, where it was read after the act: how the step left it need not be read once more. */
      readonly mesh?: Mesh
    }
  /** `undo`: it is Wrong, and going back by ourselves is right. `halt`: it can't be known; people look. */
  | { readonly ok: false; readonly error: Coded; readonly proofs: readonly Proof[]; readonly way: 'undo' | 'halt' }

export type Undone =
  | {
      readonly ok: true
      readonly proofs: readonly Proof[]
      readonly evidence: readonly Coded[]
      readonly stays?: Coded
    }
  | { readonly ok: false; readonly error: Coded; readonly proofs: readonly Proof[] }

/**
 * One kind of step, level-triggered: look first, act only on a difference, verify in any case. Errors that are thrown count
 * as failed; a step that acted is undone then.
 */
export type StepHandler = {
  readonly alreadyDone: (work: StepWork) => Promise<boolean>
  readonly act: (work: StepWork) => Promise<void>
  readonly verify: (work: StepWork) => Promise<Verified>
  readonly undo: (work: StepWork) => Promise<Undone>
}

/** For steps that change nothing. */
export async function nothingToUndo(): Promise<Undone> {
  return { ok: true, proofs: [], evidence: [] }
}
