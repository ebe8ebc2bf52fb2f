import { controlPlaneFor } from '../istio/control-planes.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Plan } from '../wire/plan.ts'
import { condensed, proveSettled, questionsFor } from './prove-injection.ts'
import { factsOf } from './verified.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Every class is proven as it is, before anything is planned: one that can't be proven right today can't be switched (promise
 * 3). Each is named with what its dry-run pod got or what refused it.
 */
export async function baselineRefusals(ctx: WorkerContext, plan: Plan): Promise<readonly Coded[]> {
  const before = new Map(plan.classes.map((entry) => [entry.key, entry.before]))
  const proofs = await proveSettled(
    ctx,
    () => ctx.cluster.readInjection(),
    (mesh) =>
      questionsFor(
        mesh,
        plan.classes,
        (key) => (before.has(key) ? [before.get(key) ?? null] : []),
        Object.fromEntries(
          plan.from.map(({ revision }) => [revision, controlPlaneFor(mesh, revision)?.version ?? null]),
        ),
      ),
    ctx.lost,
    false,
  )
  return condensed(proofs)
    .filter((proof) => proof.verdict !== 'right')
    .map((proof) => codedOf(proof.verdict === 'wrong' ? 'CLASS_WRONG_BEFORE' : 'CLASS_UNPROVABLE', factsOf(proof)))
}
