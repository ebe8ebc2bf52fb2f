import { CodedError } from '../../kernel/errors.ts'
import type { Result } from '../../kernel/errors.ts'
import { isInjector } from '../../istio/injectors.ts'
import { kubectlFor } from '../../istio/kubectl.ts'
import type { Mesh } from '../../istio/mesh.ts'
import type { KubeObject } from '../../istio/objects.ts'
import { planAdoption, planSwitch } from '../../istio/switch-plan.ts'
import type { SwitchStep } from '../../istio/switch-types.ts'
import { validatorsOf } from '../../istio/validators.ts'
import { codedOf } from '../../upgrade/event.ts'
import type { Coded } from '../../wire/facts.ts'
import { generateTags } from '../generate-tags.ts'
import { proveClasses } from '../class-proofs.ts'
import type { SavedPhase } from '../saved-phase.ts'
import { undoScript } from '../undo-script.ts'
import { verifiedBy } from '../verified.ts'
import type { StepHandler, StepWork, Verified } from './step.ts'
import { nothingToUndo } from './step.ts'

/**
 * Before a phase acts: what is there is saved, its writes and their way back are made from the live cluster and saved too,
 * the undo is put into the cluster as commands, and every class is proven as it is. A class that can't be proven right
 * before is not switched (promise 3).
 */
export const saveBefore: StepHandler = { alreadyDone, act: async () => undefined, verify, undo: nothingToUndo }

/** Always anew: what is saved must be what stands there when the phase starts. */
async function alreadyDone(): Promise<boolean> {
  return false
}

/** Neither the saving nor the proof changes what injection rests on, so that one need not wait for the other. */
async function verify(work: StepWork): Promise<Verified> {
  const { ctx, run, signal } = work
  const [proofs] = await Promise.all([proveClasses(ctx, run, signal), save(work)])
  const verified = verifiedBy(proofs, [codedOf('SAVED_BEFORE')])
  // Nothing was changed yet: whatever is wrong was so before. People mend it, and the phase is asked for again.
  return verified.ok ? verified : { ...verified, way: 'undo', error: asBefore(verified.error) }
}

async function save(work: StepWork): Promise<void> {
  const { ctx, run, step } = work
  const mesh = await ctx.cluster.readInjection()
  const steps = await writesOf(work, mesh)
  checkAgainstPlan(work, steps)
  const saved: SavedPhase = { phase: step.phase, objects: injectionObjects(mesh), steps }
  const backup = await ctx.store.saveBackup(run.id, `${step.phase}-before`, work.entry.attempt, saved)
  // The record first: a worker whose step this no longer is must not put back an outdated way back.
  await work.saved(backup)
  await ctx.store.saveUndo(
    run.id,
    undoScript(run, step.phase, steps, { show: kubectlFor, ours: ctx.settings.namespace }),
  )
}

const BEFORE: Readonly<Record<string, string>> = {
  PROOF_WRONG: 'CLASS_WRONG_BEFORE',
  PROOF_UNPROVABLE: 'CLASS_UNPROVABLE',
}

/** Said as what it is: nothing to undo by itself, and nothing to resume. */
function asBefore(error: Coded): Coded {
  return codedOf(BEFORE[error.code] ?? error.code, error.facts)
}

async function writesOf(work: StepWork, mesh: Mesh): Promise<readonly SwitchStep[]> {
  const { ctx, run, step, signal } = work
  const from = run.plan.from[0]?.revision ?? ''
  const { revision, version } = run.plan.to
  const revisions = step.phase === 'install' ? [from] : [from, revision]
  if (run.plan.strategy === 'patch' && step.phase === 'install') return []
  const needed = step.phase === 'switch' || run.plan.steps.some((other) => other.kind === 'adopt-tag')
  if (!needed) return []
  const generated = unwrap(await generateTags(ctx, mesh, version, from, revisions, signal))
  if (step.phase === 'install') return unwrap(planAdoption(mesh, from, generated))
  return unwrap(planSwitch(mesh, from, revision, generated)).steps
}

/** What will be written must be what was approved, step by step; a difference means that the cluster is another one now. */
function checkAgainstPlan({ run, step }: StepWork, steps: readonly SwitchStep[]): void {
  const planned = run.plan.steps
    .filter(
      (other) =>
        other.phase === step.phase && !['save', 'install', 'prove-install', 'prove-switch'].includes(other.kind),
    )
    .map((other) => other.id)
  const live = steps.map((one) => `${step.phase}.${one.id}`)
  const missing = planned.filter((id) => !live.includes(id))
  const added = live.filter((id) => !planned.includes(id))
  if (missing.length + added.length > 0) throw new CodedError('PLAN_OUTDATED', { missing, added })
}

function injectionObjects(mesh: Mesh): readonly KubeObject[] {
  return [...mesh.mutatingWebhooks.filter(isInjector), ...validatorsOf(mesh).map(({ object }) => object)]
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new CodedError(result.refusal.code, result.refusal.facts)
}
