import { minimalProbe } from '../istio/probe-pods.ts'
import { refusalOf } from '../kernel/errors.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof } from '../wire/run.ts'
import { versionsOf } from './class-proofs.ts'
import { proofNamespaceName } from '../istio/proof-namespace.ts'
import { makeProofNamespace, removeProofNamespace } from './proof-namespace.ts'
import { proveSettled } from './prove-injection.ts'
import type { StepWork } from './steps/step.ts'

/** The answers, and what stood in the way of asking or of cleaning up after it. */
export type AskedThere = { readonly proofs: readonly Proof[]; readonly trouble: Coded | null }

/**
 * Asks for NEW as its namespaces will: with a dry-run pod in a namespace of ours that is labelled with the revision, made for this
 * and removed right after. So the selector, the Service, the certificate and the root of NEW's injector all have their word. It is
 * journalled as an act before it is made, so that whoever comes after a kill takes this up again or undoes it.
 */
export async function askInOwnNamespace(work: StepWork): Promise<AskedThere> {
  await work.acts()
  try {
    await makeProofNamespace(work.ctx, work.run.plan.to.revision)
  } catch (error) {
    return { proofs: [], trouble: codedBy(error) }
  }
  let proofs: readonly Proof[] = []
  let trouble: Coded | null = null
  try {
    proofs = await ask(work)
  } catch (error) {
    trouble = codedBy(error)
  }
  try {
    await removeProofNamespace(work.ctx)
  } catch (error) {
    trouble ??= codedBy(error)
  }
  return { proofs, trouble }
}

function ask({ ctx, run, signal }: StepWork): Promise<readonly Proof[]> {
  const { revision } = run.plan.to
  const probe = minimalProbe(`asked:${revision}`, proofNamespaceName(ctx.settings.namespace), {})
  return proveSettled(
    ctx,
    () => ctx.cluster.readInjection(),
    (mesh) => [{ probe, expected: [revision], versions: versionsOf(mesh, run) }],
    signal,
    false,
  )
}

function codedBy(error: unknown): Coded {
  const { code, facts } = refusalOf(error)
  return codedOf(code, facts)
}
