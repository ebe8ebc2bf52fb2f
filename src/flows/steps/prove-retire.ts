import type { Mesh } from '../../istio/mesh.ts'
import { unreadInjection } from '../../istio/unread.ts'
import { validatorsOf } from '../../istio/validators.ts'
import { targetText } from '../../istio/service-target.ts'
import { lostWebhooks } from '../../istio/webhooks-leading.ts'
import { codedOf } from '../../upgrade/event.ts'
import type { Coded } from '../../wire/facts.ts'
import { proveClasses } from '../class-proofs.ts'
import { verifiedBy } from '../verified.ts'
import type { StepHandler, StepWork, Verified } from './step.ts'
import { nothingToUndo } from './step.ts'

/**
 * The proof of the retirement: every class gets what it got before, asked of every API server, every validator of Istio's leads
 * to a control plane that is there, and no webhook calls a Service of the Istio namespace that is gone.
 */
export const proveRetire: StepHandler = {
  alreadyDone: async () => false,
  act: async () => undefined,
  verify,
  undo: nothingToUndo,
}

async function verify({ ctx, run, signal }: StepWork): Promise<Verified> {
  const proofs = await proveClasses(ctx, run, signal, { spread: true })
  const verified = verifiedBy(proofs, [codedOf('RETIRE_PROVEN', { to: run.plan.to.version })])
  if (!verified.ok) return verified
  const mesh = await ctx.cluster.readInjection()
  const unread = unreadInjection(mesh)
  if (unread) return { ok: false, error: codedOf('MESH_PART_UNREADABLE', { ...unread }), proofs, way: 'halt' }
  const error = whatIsLost(mesh)
  return error ? { ok: false, error, proofs, way: 'undo' } : verified
}

/** A webhook whose Service went would refuse or fail what it matches, whoever wrote it. */
function whatIsLost(mesh: Mesh): Coded | null {
  const validators = validatorsOf(mesh).flatMap(({ name, entries }) =>
    entries.filter(({ target }) => target.kind !== 'revision').map(({ target }) => `${name} → ${targetText(target)}`),
  )
  if (validators.length > 0) return codedOf('VALIDATOR_LOST', { validators })
  const webhooks = lostWebhooks(mesh)
  return webhooks.length > 0 ? codedOf('WEBHOOK_LOST', { webhooks }) : null
}
