import type { Mesh } from '../istio/mesh.ts'
import { controlPlaneFor } from '../istio/control-planes.ts'
import { expectedRevisions } from '../upgrade/expected.ts'
import type { Proof, Run } from '../wire/run.ts'
import type { Question } from './prove-injection.ts'
import { proveSettled, questionsFor } from './prove-injection.ts'
import type { WorkerContext } from './worker-context.ts'

/** The version that each revision of the plan must inject; a digest-only control plane leaves it out. */
export function versionsOf(mesh: Mesh, run: Run): Question['versions'] {
  const revisions = [...run.plan.from.map((plane) => plane.revision), run.plan.to.revision]
  return Object.fromEntries(revisions.map((revision) => [revision, controlPlaneFor(mesh, revision)?.version ?? null]))
}

/** Proves every class of the plan against what the run's journal says is right now, or against `wanted`. */
export function proveClasses(
  ctx: WorkerContext,
  run: Run,
  signal: AbortSignal,
  options: { readonly wanted?: (classKey: string) => readonly (string | null)[]; readonly spread?: boolean } = {},
): Promise<readonly Proof[]> {
  const wanted = options.wanted ?? ((key: string) => expectedRevisions(run, key))
  return proveSettled(
    ctx,
    () => ctx.cluster.readInjection(),
    (mesh) => questionsFor(mesh, run.plan.classes, wanted, versionsOf(mesh, run)),
    signal,
    options.spread ?? false,
  )
}

/** What each class gets once `step` is done (or, going back, undone), with every other step as the journal has it. */
export function expectedAfter(
  run: Run,
  step: string,
  direction: 'forward' | 'undo',
): (key: string) => readonly (string | null)[] {
  const steps = run.steps.map((entry) =>
    entry.id === step
      ? {
          ...entry,
          state: direction === 'forward' ? ('done' as const) : ('undone' as const),
          acted: direction === 'forward',
        }
      : entry,
  )
  return (key) => expectedRevisions({ ...run, steps }, key)
}
